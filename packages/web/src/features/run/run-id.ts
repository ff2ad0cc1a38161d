/**
 * The id that somebody may have meant: in capitals, with the dashes of a UUID, or with a sign that was copied along.
 *
 * @returns undefined when it is one already, or is nothing like one.
 */
export function idLike(text: string): string | undefined {
  const bare = text.toLowerCase().replace(/[^0-9a-z]/g, "");
  return /^[0-9a-f]{32}$/.test(bare) && bare !== text ? bare : undefined;
}
