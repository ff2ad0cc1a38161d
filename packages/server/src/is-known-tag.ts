/** Whether If-None-Match names what we would send (RFC 9110 §13.1.2). */
export function isKnownTag(header: string | undefined, etag: string): boolean {
  const tags = header?.split(",").map((tag) => tag.trim().replace(/^W\//, "")) ?? [];
  return tags.includes(etag) || tags.includes("*");
}
