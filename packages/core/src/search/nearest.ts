/** The candidate that needs the fewest edits to become the word, if it is near enough to be a slip; else undefined. */
export function findNearest(word: string, candidates: readonly string[]): string | undefined {
  const asked = word.toLowerCase();
  if (asked.length > 40) return undefined;
  let best: string | undefined;
  let least = Math.min(Math.max(Math.floor(asked.length / 2), 1), 3) + 1;
  for (const candidate of candidates) {
    const edits = asked.startsWith(candidate) || candidate.startsWith(asked) ? 1 : countEdits(asked, candidate);
    if (edits < least) {
      best = candidate;
      least = edits;
    }
  }
  return best;
}

/** Levenshtein's distance, one row at a time. */
function countEdits(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(change, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}
