/** Runs tasks of the same key one after the other, in the order of their calls. Only within this process. */
export interface Locks {
  run<T>(key: string, task: () => Promise<T>): Promise<T>;
  isHeld(key: string): boolean;
}

export function createLocks(): Locks {
  const tails = new Map<string, Promise<unknown>>();
  return {
    run(key, task) {
      const before = tails.get(key) ?? Promise.resolve();
      const result = before.then(task);
      const tail = result
        .catch(() => {})
        .finally(() => {
          if (tails.get(key) === tail) tails.delete(key);
        });
      tails.set(key, tail);
      return result;
    },
    isHeld: (key) => tails.has(key),
  };
}
