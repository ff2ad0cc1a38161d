const asked = new Set<() => void>();

/** The sidebar's button opens what another part of the frame holds. @returns stops listening. */
export function onPaletteAsked(listener: () => void): () => void {
  asked.add(listener);
  return () => asked.delete(listener);
}

export function askForPalette(): void {
  for (const listener of asked) listener();
}
