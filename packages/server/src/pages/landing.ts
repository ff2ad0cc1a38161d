import type { FastifyInstance } from "fastify";
import { baseUrl } from "../base-url.ts";
import { escapeHtml } from "./escape-html.ts";
import { type PageContext, pageHtml, sendPage } from "./page.ts";
import type { Web } from "./web.ts";

/** `GET /`: the web page. While it is not built: how to build it, and what there is without it. */
export function mountLanding(scope: FastifyInstance, context: PageContext, web: Web): void {
  scope.get("/", async (request, reply) => {
    const page = await web.sendIndex(request, reply);
    if (page !== undefined) return page;
    return sendPage(reply, pageHtml(context, "Cairn", landingHtml(baseUrl(request, context), context)));
  });
}

function landingHtml(url: string, { version, staticPrefix }: PageContext): string {
  const at = escapeHtml(staticPrefix);
  return `<main id="main" class="landing">
<h1>Cairn is running.</h1>
<p class="lead">Trainings may log to <code>${escapeHtml(url)}</code>. Only the web page is missing.</p>
<p class="notice">The web page is not built. Stop the server and start it with <code>npm start</code>, or run <code>npm run build</code> in the clone and load this page anew.</p>
<p class="links"><a class="button" href="${at}/docs">Read the API</a><a href="${at}/api/v1/runs?limit=20">Newest runs as JSON</a></p>
<footer>Cairn ${escapeHtml(version)}</footer>
</main>`;
}
