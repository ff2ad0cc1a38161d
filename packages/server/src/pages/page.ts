import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { FastifyInstance, FastifyReply } from "fastify";
import { escapeHtml } from "./escape-html.ts";

/** What a page of ours may know. */
export interface PageContext {
  readonly version: string;
  readonly staticPrefix: string;
  readonly publicUrl: string | undefined;
}

/** Everything a page of ours needs comes from ourselves; nothing runs that is not a file of ours. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Sends an HTML page under the strict policy. */
export function sendPage(reply: FastifyReply, html: string): FastifyReply {
  return reply
    .headers({
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": POLICY,
      "referrer-policy": "same-origin",
      "x-frame-options": "DENY",
      "cross-origin-opener-policy": "same-origin",
      "cache-control": "no-cache",
    })
    .send(html);
}

const assets = [
  ["page.css", "text/css; charset=utf-8"],
  ["page.js", "text/javascript; charset=utf-8"],
] as const;

/** The style sheet and the script of our pages. */
export function mountAssets(scope: FastifyInstance): void {
  for (const [name, type] of assets) {
    let text: string | undefined;
    scope.get(`/pages/${name}`, async (_, reply) => {
      text ??= readFileSync(join(import.meta.dirname, "assets", name), "utf8");
      return reply.headers({ "content-type": type, "cache-control": "no-cache" }).send(text);
    });
  }
}

/** The frame of a page. `body` is HTML. */
export function pageHtml(context: PageContext, title: string, body: string): string {
  const at = escapeHtml(context.staticPrefix);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(logo("#0f766e"))}">
<link rel="stylesheet" href="${at}/pages/page.css">
<script src="${at}/pages/page.js" defer></script>
</head>
<body>
<a class="skip" href="#main">To the content</a>
<header class="top">
<a class="brand" href="${at}/">${logo("currentColor")}<span>Cairn</span></a>
<nav aria-label="Pages"><a href="${at}/docs">API</a><a href="${at}/api/v1/openapi.json">OpenAPI</a><a href="${at}/api/v1/status">Status</a></nav>
</header>
${body}
</body>
</html>
`;
}

/** Code with a button that copies it. `caption` says what it is. */
export function codeHtml(code: string, caption: string): string {
  const named = escapeHtml(caption);
  return `<figure class="code"><figcaption>${named}<button type="button" class="copy" aria-label="Copy: ${named}">Copy</button></figcaption><pre><code>${escapeHtml(code.trimEnd())}</code></pre></figure>`;
}

/** Text whose `marked` words are code. */
export function proseHtml(text: string): string {
  return escapeHtml(text).replace(/`([^`]+)`/g, "<code>$1</code>");
}

/** Four stones, the smallest on top. */
function logo(color: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" fill="${color}"><rect x="3" y="23" width="26" height="7" rx="3.5"/><rect x="6" y="15.5" width="20" height="6" rx="3"/><rect x="9.5" y="9" width="14" height="5" rx="2.5"/><rect x="12.5" y="3" width="8" height="4.5" rx="2.25"/></svg>`;
}
