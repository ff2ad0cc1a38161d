/** What an address holds of a screen, as texts. */
export type SearchTexts = Readonly<Record<string, string | undefined>>;

/** Keys of the address that belong to one visit, never to a saved view. */
const OWN = ["view", "sel", "open"];

/** What of an address is saved as a view: all of it but which view it is, what is selected, and which groups are open. */
export function viewStateOf(search: SearchTexts): Record<string, string> {
  return Object.fromEntries(
    Object.entries(search).flatMap(([key, value]) => (value && !OWN.includes(key) ? [[key, String(value)]] : [])),
  );
}

/** The texts that a saved view puts into the address. What else may stand in it, from whatever program, is left out. */
export function searchOfView(state: unknown): Record<string, string> {
  if (typeof state !== "object" || state === null) return {};
  return Object.fromEntries(
    Object.entries(state).flatMap(([key, value]) =>
      typeof value === "string" && !OWN.includes(key) ? [[key, value]] : [],
    ),
  );
}

/** Whether the screen is as the saved view has it. */
export function isAsSaved(search: SearchTexts, state: unknown): boolean {
  const sorted = (texts: Record<string, string>) => JSON.stringify(Object.entries(texts).sort());
  return sorted(viewStateOf(search)) === sorted(searchOfView(state));
}
