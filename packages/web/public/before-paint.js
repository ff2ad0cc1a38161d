// Runs before the first paint, so that a chosen theme or language does not flash. Kept apart because the page's policy allows
// no inline script.
try {
  const { theme, language } = JSON.parse(localStorage.getItem("cairn.preferences") ?? "{}");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  if (language === "zh") document.documentElement.lang = "zh";
} catch {}

// What the screen at this address is made of is asked for now, not when the router has found it out (preload-screens.ts).
const place = (location.pathname + location.search).slice(new URL(document.baseURI).pathname.length);
for (const { content, dataset } of document.querySelectorAll("meta[name=screen]")) {
  if (!new RegExp(content).test(place)) continue;
  for (const file of dataset.files.split(" ")) {
    const link = document.createElement("link");
    link.rel = file.endsWith(".css") ? "preload" : "modulepreload";
    if (link.rel === "preload") link.as = "style";
    link.crossOrigin = "";
    link.href = file;
    document.head.append(link);
  }
}
