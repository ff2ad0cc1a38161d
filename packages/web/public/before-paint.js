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

// So is what that screen asks the server first, each question as the client will word it: it takes the answer instead of asking
// (src/lib/early.ts). Before them comes the mark of the last hint, after which the page hears what they do not know yet.
const questions = firstQuestions();
if (questions.length > 0) {
  const api = new URL("api/v1/", document.baseURI).href;
  const stream = new EventSource(`${api}events`);
  const early = { stream, mark: undefined, answers: new Map() };
  window.early = early;
  stream.addEventListener("ready", ({ lastEventId }) => {
    stream.close();
    early.mark = lastEventId;
    for (const [method, path, input] of questions) {
      const body = input && JSON.stringify(input);
      const headers = input && { "content-type": "application/json" };
      // Read to its end at once: an answer that nobody takes shall not hold its connection.
      const read = async (answer) => new Response(await answer.arrayBuffer(), answer);
      const answer = fetch(api + path, { method, body, headers }).then(read);
      answer.catch(() => undefined);
      early.answers.set([method, api + path, body].join(" "), answer);
    }
  });
}

/** Of an experiment whose address filters and orders nothing; what an address does not say is as in features/experiment/view.ts. */
function firstQuestions() {
  const [, id] = /^experiments\/(\d{1,9})(?:\?|$)/.exec(place) ?? [];
  if (id === undefined) return [];
  const experiments = [Number(id)];
  const questions = [
    ["GET", `experiments/${experiments}`],
    ["POST", "runs/columns", { experiments }],
  ];
  const search = new URLSearchParams(location.search);
  const tab = search.get("tab");
  const limit = Number(search.get("first") ?? 10);
  const hasCharts = tab === "charts" || (tab !== "table" && innerWidth > 1200);
  const isPlain = !["q", "name", "order", "trash"].some((key) => search.get(key));
  if (hasCharts && isPlain && Number.isInteger(limit) && limit > 0 && limit <= 100) {
    const input = { experiments, filter: "", order: "", lifecycle: "active", fields: ["metrics"], limit };
    questions.push(["POST", "runs/search", input]);
  }
  return questions;
}
