/** A text as a literal of the query language: in single quotes, each quote in it doubled. */
export function literalText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The pattern of ILIKE that finds `text` anywhere, taken literally. */
export function containsText(text: string): string {
  return literalText(`%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`);
}
