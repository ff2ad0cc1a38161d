import { buildOpenapi, type OpenapiOperation } from "@cairn/contract";
import type { FastifyInstance } from "fastify";
import { baseUrl } from "../../base-url.ts";
import { escapeHtml } from "../escape-html.ts";
import { codeHtml, type PageContext, pageHtml, proseHtml, sendPage } from "../page.ts";
import { operationHtml } from "./operation.ts";
import { schemaHtml } from "./schema.ts";

/** `GET /docs`: the API page, made from the contract. */
export function mountDocs(scope: FastifyInstance, context: PageContext): void {
  scope.get("/docs", async (request, reply) => {
    const url = baseUrl(request, context);
    return sendPage(reply, pageHtml(context, "Cairn · API", docsHtml(url)));
  });
}

interface Listed {
  readonly method: string;
  readonly path: string;
  readonly operation: OpenapiOperation;
}

function docsHtml(url: string): string {
  const api = buildOpenapi();
  const all: Listed[] = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
  const groups = api.tags.map((tag) => ({
    ...tag,
    items: all.filter(({ operation }) => operation.tags.includes(tag.name)),
  }));
  const nav = groups.map(
    ({ name, items }) =>
      `<section><h2><a href="#${name}">${name}</a></h2><ul>${items.map(linkHtml).join("")}</ul></section>`,
  );
  const sections = groups.map(
    ({ name, description, items }) =>
      `<section class="noun" id="${name}"><h2>${name}</h2><p class="lead">${proseHtml(description)}</p>${items
        .map(({ method, path, operation }) => operationHtml(method, path, operation, url))
        .join("\n")}</section>`,
  );
  const schemas = Object.entries(api.components.schemas).map(
    ([name, schema]) => `<article class="schema" id="schema-${name}"><h3>${name}</h3>${schemaHtml(schema)}</article>`,
  );
  return `<div class="docs">
<aside>
<label class="find">Find <input type="search" id="find" placeholder="a call, a field …" autocomplete="off"></label>
<details class="toc" open><summary>Contents</summary><nav aria-label="Calls">${nav.join("")}<section><h2><a href="#schemas">shapes</a></h2></section></nav></details>
</aside>
<main id="main">
<h1>The API</h1>
<p class="lead">${proseHtml(api.info.description)}</p>
<p>Everything is below <code>${escapeHtml(url)}/api/v1</code>. A refusal has the form of <a href="#schema-Problem">Problem</a>: a code for programs, a sentence for people. As a document for tools: <a href="api/v1/openapi.json">openapi.json</a>.</p>
${codeHtml(`curl '${url}/api/v1/runs?limit=5&order=metrics.loss%20asc'`, "Five runs, best loss first")}
<p id="nothing" hidden>Nothing here has these words.</p>
${sections.join("\n")}
<section class="noun" id="schemas"><h2>shapes</h2><p class="lead">What the calls take and give.</p>${schemas.join("\n")}</section>
</main>
</div>`;
}

function linkHtml({ method, path, operation }: Listed): string {
  return `<li><a href="#${operation.operationId}"><span class="method ${method.toLowerCase()}">${method}</span> <span class="path">${escapeHtml(path)}</span></a></li>`;
}
