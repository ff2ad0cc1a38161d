/**
 * A text as one word of a shell's command.
 *
 * @example
 * shellText("it's"); // 'it'\''s'
 */
export function shellText(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
