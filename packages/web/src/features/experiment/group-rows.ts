/** A short name for a group in an address, from the query that finds its runs: FNV-1a of 32 bits, in base 36. */
export function markOf(filter: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < filter.length; i++) hash = Math.imul(hash ^ filter.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(36);
}

/** A group in a table, opened or not. */
export interface GroupSize {
  readonly count: number;
  readonly isOpen: boolean;
}

export interface GroupPlaces {
  /** Rows in all: one head a group, and the rows of opened ones. */
  readonly count: number;
  /** @returns the group that row `index` is in, and the row inside it, -1 for the head; undefined beyond the end. */
  locate(index: number): { readonly group: number; readonly row: number } | undefined;
  /** Where the head of a group is. */
  headOf(group: number): number;
}

/** Lays the rows of groups out one below the other. Finding one costs the logarithm of the number of groups. */
export function placeGroups(groups: readonly GroupSize[]): GroupPlaces {
  const heads = new Float64Array(groups.length + 1);
  for (const [index, { count, isOpen }] of groups.entries())
    heads[index + 1] = (heads[index] ?? 0) + 1 + (isOpen ? count : 0);
  const total = heads[groups.length] ?? 0;
  return {
    count: total,
    headOf: (group) => heads[group] ?? total,
    locate(index) {
      if (index < 0 || index >= total) return undefined;
      let low = 0;
      let high = groups.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >>> 1;
        if ((heads[middle] ?? 0) <= index) low = middle;
        else high = middle - 1;
      }
      return { group: low, row: index - (heads[low] ?? 0) - 1 };
    },
  };
}
