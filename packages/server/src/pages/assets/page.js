// The only script of our pages: copy buttons and the search of the API page.
for (const button of document.querySelectorAll("button.copy")) {
  button.addEventListener("click", async () => {
    const code = button.closest("figure").querySelector("code").textContent;
    try {
      await navigator.clipboard.writeText(code);
    } catch {
      // Pages that were not loaded over HTTPS or from this machine have no clipboard.
      const area = document.createElement("textarea");
      area.value = code;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    button.textContent = "Copied";
    setTimeout(() => {
      button.textContent = "Copy";
    }, 1500);
  });
}

const toc = document.querySelector("details.toc");
if (toc && window.matchMedia("(max-width: 60rem)").matches) toc.open = false;

const find = document.getElementById("find");
if (find) {
  const articles = [...document.querySelectorAll("article")].map((element) => ({
    element,
    text: element.textContent.toLowerCase(),
    link: document.querySelector(`aside a[href="#${CSS.escape(element.id)}"]`)?.parentElement,
  }));
  const sections = [...document.querySelectorAll("section.noun")];
  const update = () => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const { element, text, link } of articles) {
      const isHit = words.every((word) => text.includes(word));
      element.hidden = !isHit;
      if (link) link.hidden = !isHit;
    }
    for (const section of sections) section.hidden = !section.querySelector("article:not([hidden])");
    document.getElementById("nothing").hidden = sections.some((section) => !section.hidden);
  };
  find.addEventListener("input", update);
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== find) {
      event.preventDefault();
      find.focus();
    } else if (event.key === "Escape" && document.activeElement === find) {
      find.value = "";
      update();
    }
  });
}
