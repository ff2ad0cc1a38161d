/** Seconds as ms for a note. */
export function formatMs(seconds: number): string {
  return `${(seconds * 1000).toFixed(seconds < 0.1 ? 1 : 0)} ms`;
}
