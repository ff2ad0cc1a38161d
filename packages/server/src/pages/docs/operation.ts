import type { JsonSchema, OpenapiOperation, OpenapiParameter } from "@cairn/contract";
import { escapeHtml } from "../escape-html.ts";
import { codeHtml, proseHtml } from "../page.ts";
import { curlOf } from "./curl.ts";
import { schemaHtml, typeHtml } from "./schema.ts";

interface Answer {
  readonly description: string;
  readonly content?: Readonly<Record<string, { readonly schema: JsonSchema }>>;
}

/** One call: what it does, what it takes and gives, and a line to try it with. */
export function operationHtml(method: string, path: string, operation: OpenapiOperation, url: string): string {
  const { operationId, summary, description, parameters = [], requestBody, responses } = operation;
  return `<article class="call" id="${operationId}">
<h3><span class="method ${method.toLowerCase()}">${method}</span> <a class="path" href="#${operationId}">${pathHtml(path)}</a></h3>
<p class="summary">${proseHtml(summary)}</p>
${description === undefined ? "" : `<p>${proseHtml(description)}</p>`}
${parameters.length === 0 ? "" : `<h4>Takes</h4>${parametersHtml(parameters)}`}
${requestBody === undefined ? "" : `<h4>Body</h4>${contentHtml(requestBody.content)}`}
<h4>Answers</h4>
${Object.entries(responses as Record<string, Answer>)
  .map(([status, answer]) => answerHtml(status, answer))
  .join("\n")}
${codeHtml(curlOf(method, path, operation, url), operationId)}
</article>`;
}

function parametersHtml(parameters: readonly OpenapiParameter[]): string {
  const rows = parameters.map(
    ({ name, in: where, required, description = "", schema }) =>
      `<tr><td><code>${escapeHtml(name)}</code>${required ? "" : ' <span class="weak">optional</span>'}</td><td>${typeHtml(schema)} <span class="weak">in ${where}</span></td><td>${proseHtml(description)}</td></tr>`,
  );
  return `<div class="wide"><table>${rows.join("")}</table></div>`;
}

function answerHtml(status: string, { description, content }: Answer): string {
  if (Number(status) >= 400)
    return `<p class="answer bad"><span class="status">${status}</span> ${proseHtml(description)}</p>`;
  return `<div class="answer"><span class="status">${status}</span> ${content === undefined ? "no body" : contentHtml(content)}</div>`;
}

function contentHtml(content: Readonly<Record<string, { readonly schema: JsonSchema }>>): string {
  return Object.entries(content)
    .map(
      ([type, { schema }]) =>
        `<div class="content"><span class="weak">${escapeHtml(type)}</span> ${schemaHtml(schema)}</div>`,
    )
    .join("");
}

function pathHtml(path: string): string {
  return escapeHtml(path)
    .replaceAll("/", "/<wbr>")
    .replace(/\{\w+\}/g, '<span class="hole">$&</span>');
}
