/** A range held to what there is; never backwards. */
export function clamp(size: number, range?: { readonly start: number; readonly end: number }) {
  const start = Math.min(Math.max(range?.start ?? 0, 0), size);
  return { start, end: Math.max(Math.min(range?.end ?? size, size), start) };
}
