export type Turns = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/**
 * One at a time for each key, in the order of the calls: for a read and a write that must not be parted, where core has
 * no call that does both. It holds within this process, which is enough: a folder has one server.
 *
 * @example
 * const inTurn = createTurns();
 * await inTurn(run, async () => write(change(await read(run))));
 */
export function createTurns(): Turns {
  /** The last of each key's line. It never rejects: a failure is its caller's alone. */
  const lines = new Map<string, Promise<void>>();
  return async (key, work) => {
    const mine = (lines.get(key) ?? Promise.resolve()).then(work);
    const over = mine.then(
      () => {},
      () => {},
    );
    lines.set(key, over);
    try {
      return await mine;
    } finally {
      if (lines.get(key) === over) lines.delete(key);
    }
  };
}
