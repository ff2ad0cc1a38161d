import type { FastifyInstance } from "fastify";
import type { Snippet } from "../options.ts";
import { baseUrl, codeHtml, escapeHtml, type PageContext, pageHtml, sendPage } from "./page.ts";

const typescript: Snippet = {
  title: "TypeScript",
  language: "ts",
  text: "Logging goes on in the background, in batches, and survives a restart of the server.",
  code: (url) => `import { createClient, startRun } from "@cairn/client";

const client = createClient("${url}");
const run = await startRun(client, {
  experiment: "digits",
  parameters: { lr: 0.1 },
});
for (let step = 0; step < 10; step++) {
  run.log({ loss: 1 / (step + 1) }, { step, phase: "train" });
}
await run.finish();`,
};

const curl: Snippet = {
  title: "curl",
  language: "sh",
  text: "Everything is one HTTP call away. The first answers with the run's id.",
  code: (url) => `curl ${url}/api/v1/runs \\
  -H 'Content-Type: application/json' \\
  -d '{"name": "first"}'

RUN=…
curl ${url}/api/v1/runs/$RUN/log \\
  -H 'Content-Type: application/json' \\
  -d '{"points": [{"key": "loss", "step": 1, "value": 0.4}]}'

curl ${url}/api/v1/runs/$RUN`,
};

/** `GET /`: what this is and how to begin. */
export function mountLanding(scope: FastifyInstance, context: PageContext): void {
  scope.get("/", async (request, reply) => {
    const url = baseUrl(request, context);
    return sendPage(reply, pageHtml(context, "Cairn", landingHtml(url, context)));
  });
}

function landingHtml(url: string, { version, staticPrefix, snippets }: PageContext): string {
  const cards = [...snippets, typescript, curl].map((snippet) => cardHtml(snippet, url)).join("\n");
  return `<main id="main" class="landing">
<h1>Every training, on record.</h1>
<p class="lead">Cairn keeps what your models did: every run, every number it logged, every file it left. It is running at <code>${escapeHtml(url)}</code>.</p>
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
  return `<section class="card"><h3>${escapeHtml(title)}</h3><p>${escapeHtml(text)}</p>${codeHtml(code(url), languages[language] ?? language)}</section>`;
}
