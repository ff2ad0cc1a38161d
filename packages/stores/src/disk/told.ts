import { storageError } from "./storage-error.ts";

/** Runs a task; what the system refuses is told in Cairn's words (`storageError`). */
export async function told<T>(what: string, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    throw storageError(error, what);
  }
}

/** As `told`, for a stream. */
export async function* toldEach<T>(what: string, items: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* items;
  } catch (error) {
    throw storageError(error, what);
  }
}
