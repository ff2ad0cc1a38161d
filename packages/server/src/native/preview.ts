import { contentTypeOf } from "@cairn/core";

/** How a stored file may be shown in a browser. */
export interface Preview {
  /** What is said of it; never more than its own type allows, and never what its writer said of parameters. */
  readonly type: string;
  readonly policy: string;
}

/** Nothing runs, nothing is fetched, no form is sent, and the document's origin is nobody's. */
export const SHUT = "default-src 'none'; sandbox";
const FRAMED = "frame-ancestors 'self'";
/** A drawing or a report shows what it holds itself. `sandbox` alone keeps its scripts from running. */
const DRAWN = [
  "sandbox",
  "default-src 'none'",
  "img-src data:",
  "font-src data:",
  "style-src 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
  FRAMED,
].join("; ");

/** Browsers decode these and run nothing in them; `nosniff` keeps them from being taken for anything else. */
const media =
  /^(?:image\/(?:apng|avif|bmp|gif|jpeg|png|webp|vnd\.microsoft\.icon|x-icon)|audio\/(?:aac|flac|mpeg|ogg|wav|webm)|video\/(?:mp4|mpeg|ogg|webm))$/;
/** Text by other names. What is here is shown as plain text, so nothing it holds is obeyed. */
const textLike = /^(?:text\/.+|application\/(?:.+\+)?(?:json|xml|yaml|x-ndjson|javascript|toml|x-sh))$/;

/**
 * What to say of a file that a reader asked to look at; undefined for one that is only to be saved. A file is what its
 * writer said, and where nobody said it, what its name says.
 */
export function previewOf(path: string, contentType: string | null): Preview | undefined {
  const type = bareType(contentType ?? contentTypeOf(path));
  if (media.test(type)) return { type, policy: `${SHUT}; ${FRAMED}` };
  if (type === "text/html") return { type: "text/html; charset=utf-8", policy: DRAWN };
  if (type === "image/svg+xml") return { type, policy: DRAWN };
  if (type === "application/json") return { type, policy: `${SHUT}; ${FRAMED}` };
  if (textLike.test(type)) return { type: "text/plain; charset=utf-8", policy: `${SHUT}; ${FRAMED}` };
  return undefined;
}

function bareType(contentType: string): string {
  return (contentType.split(";", 1)[0] ?? "").trim().toLowerCase();
}
