/** What became of many small tasks. */
export interface Outcome<T> {
  readonly done: readonly T[];
  readonly failed: readonly { readonly item: T; readonly error: unknown }[];
}

/** Runs a task for each item, a few at a time, all of them whatever becomes of the others. */
export async function forEachFew<T>(
  items: readonly T[],
  few: number,
  task: (item: T) => Promise<unknown>,
): Promise<Outcome<T>> {
  const done: T[] = [];
  const failed: { item: T; error: unknown }[] = [];
  const waiting = items[Symbol.iterator]();
  const work = async () => {
    for (const item of { [Symbol.iterator]: () => waiting }) {
      try {
        await task(item);
        done.push(item);
      } catch (error) {
        failed.push({ item, error });
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(few, items.length) }, work));
  return { done, failed };
}
