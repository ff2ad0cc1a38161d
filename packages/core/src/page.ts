/** One page of a list. `next` is an opaque cursor for the page after it; null on the last one. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}
