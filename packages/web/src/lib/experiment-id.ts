/** The experiment that an address names; undefined for what is no id. */
export function experimentIdOf(text: string): number | undefined {
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
