/**
 * Where a link that a user wrote leads, if the page may offer it: whole addresses of the web, nothing that would run.
 *
 * @example
 * safeLink("https://example.org/a"); // "https://example.org/a"
 * safeLink("javascript:alert(1)"); // undefined
 */
export function safeLink(text: string | null | undefined): string | undefined {
  if (text == null || !URL.canParse(text)) return undefined;
  const { protocol, href } = new URL(text);
  return protocol === "http:" || protocol === "https:" ? href : undefined;
}
