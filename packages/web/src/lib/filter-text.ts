/** A text as a literal of the query language: in single quotes, each quote in it doubled. */
export function literalText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A key of a parameter, metric or tag as the query language wants it: `loss`, or `"my loss"`. */
export function keyText(key: string): string {
  return /^[\p{L}\p{N}_\-/:@]+$/u.test(key) ? key : `"${key.replaceAll('"', '""')}"`;
}

/** The pattern of ILIKE that finds `text` anywhere, taken literally. */
export function containsText(text: string): string {
  return literalText(`%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`);
}
