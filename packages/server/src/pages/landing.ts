import type { FastifyInstance } from "fastify";
import { baseUrl } from "../base-url.ts";
import type { Snippet } from "../options.ts";
import { escapeHtml } from "./escape-html.ts";
import { codeHtml, type PageContext, pageHtml, proseHtml, sendPage } from "./page.ts";
import type { Web } from "./web.ts";

const typescript: Snippet = {
  title: "TypeScript",
  language: "ts",
  text:
    "Numbers go out in the background, in batches, and survive a restart of the server. Save this in the clone as " +
    "`first.ts` and start it there with `npx --no-install node first.ts`.",
  code: (url) => `import { createClient, startRun } from "@cairn/client/node";

const client = createClient("${url}");
const run = await startRun(client, {
  experiment: "first",
  parameters: { learningRate: 0.01 },
});
for (let step = 0; step < 100; step++) {
  run.log({ loss: 1 / (step + 1) }, { step });
}
await run.artifact("notes.txt", "it works");
await run.finish();
`,
};

const curl: Snippet = {
  title: "curl",
  language: "sh",
  text: "Everything is one HTTP call away: make a run and keep its id, log to it, end it, look at it.",
  code: (url) => `API=${url}/api/v1
JSON='Content-Type: application/json'

RUN=$(curl -s $API/runs -H "$JSON" \\
  -d '{"name": "first"}' | cut -d '"' -f 4)
curl $API/runs/$RUN/log -H "$JSON" \\
  -d '{"points": [{"key": "loss", "step": 1, "value": 0.4}]}'
curl -X PATCH $API/runs/$RUN -H "$JSON" \\
  -d '{"state": "finished"}'
curl $API/runs/$RUN
`,
};

/** `GET /`: the web page. While it is not built: what this is and how to begin. */
export function mountLanding(scope: FastifyInstance, context: PageContext, web: Web): void {
  scope.get("/", async (request, reply) => {
    const page = await web.sendIndex(request, reply);
    if (page !== undefined) return page;
    const url = baseUrl(request, context);
    return sendPage(reply, pageHtml(context, "Cairn", landingHtml(url, context)));
  });
}

function landingHtml(url: string, { version, staticPrefix, snippets }: PageContext): string {
  const cards = [...snippets, typescript, curl].map((snippet) => cardHtml(snippet, url)).join("\n");
  return `<main id="main" class="landing">
<h1>Every training, on record.</h1>
<p class="lead">Cairn keeps what your models did: every run, every number it logged, every file it left. It is running at <code>${escapeHtml(url)}</code>.</p>
<p class="notice" id="came-for" data-api="${escapeHtml(staticPrefix)}/api/v1" hidden>A client's link led you here. As JSON: <a></a></p>
<p class="notice">The web page is not built. Stop the server and start it with <code>npm start</code>, or run <code>npm run build</code> in the clone and load this page anew.</p>
<p class="links"><a class="button" href="${escapeHtml(staticPrefix)}/docs">Read the API</a><a href="${escapeHtml(staticPrefix)}/api/v1/runs?limit=20">Newest runs as JSON</a></p>
<h2>Log your first run</h2>
<div class="cards">
${cards}
</div>
<footer>Cairn ${escapeHtml(version)}</footer>
</main>`;
}

const languages: Readonly<Record<string, string>> = { python: "Python", ts: "TypeScript", sh: "Shell" };

function cardHtml({ title, text, language, code }: Snippet, url: string): string {
  return `<section class="card"><div><h3>${escapeHtml(title)}</h3><p>${proseHtml(text)}</p></div>${codeHtml(code(url), languages[language] ?? language)}</section>`;
}
