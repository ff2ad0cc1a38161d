import { invalid, TrackerError } from "../errors.ts";
import { clip } from "../ids.ts";
import { checkName, checkWhole, MAX_KEY_LENGTH } from "../limits.ts";
import { MAX_BATCH_POINTS, type SeriesBatch, type WriterMark } from "./batch.ts";
import { createKeyLists } from "./key-lists.ts";

/**
 * Holds a batch against what `SeriesBatch` promises: the last gate before the writer, so every wire may pack as it likes.
 * @throws too_large over 65 536 points; invalid for a bad key, step or time, naming the key and the value.
 */
export function checkBatch(batch: SeriesBatch): SeriesBatch {
  const points = batch.values.length;
  if (points > MAX_BATCH_POINTS) {
    throw new TrackerError(
      "too_large",
      `One call carries at most ${MAX_BATCH_POINTS} points, not ${points}. Send them in several.`,
      {
        limit: MAX_BATCH_POINTS,
        points,
      },
    );
  }
  const lengths = [batch.steps.length, batch.times.length, batch.batches?.length ?? points];
  if (lengths.some((length) => length !== points) || batch.counts.length !== batch.keys.length) {
    throw invalid(`The columns differ in length: ${points} values, ${lengths.join(", ")} steps, times and batches.`);
  }
  const isKnown = checked.find(batch.keys) >= 0;
  if (!isKnown) checkKeys(batch.keys);
  let total = 0;
  for (let i = 0; i < batch.counts.length; i++) total += batch.counts[i] as number;
  if (total !== points) throw invalid(`The counts add up to ${total}, but there are ${points} points.`);
  checkColumn(batch, "step", batch.steps);
  checkColumn(batch, "time", batch.times);
  if (batch.batches !== null) checkColumn(batch, "batch", batch.batches);
  if (isKnown) return batch;
  if (batch.keys.length > 1 && new Set(batch.keys).size !== batch.keys.length)
    throw invalid("A key stands twice in one batch.");
  checked.keep(batch.keys);
  return batch;
}

/** Lists of keys that were found good. */
const checked = createKeyLists();

function checkKeys(keys: readonly string[]): void {
  for (const key of keys) {
    if (key.length === 0 || key.length > MAX_KEY_LENGTH || !isPlain(key))
      checkName("A metric's key", key, MAX_KEY_LENGTH);
  }
}

export function checkMark(mark: WriterMark): WriterMark {
  checkName("A writer's id", mark.id, 64);
  checkWhole("A writer's batch number", mark.number, 1);
  return mark;
}

function isPlain(key: string): boolean {
  for (let i = 0; i < key.length; i++) {
    const unit = key.charCodeAt(i);
    if (unit <= 32 || unit >= 0xd800) return false;
  }
  return true;
}

function checkColumn(batch: SeriesBatch, what: "step" | "time" | "batch", column: Float64Array): void {
  for (let i = 0; i < column.length; i++) {
    const value = column[i] as number;
    if (Number.isSafeInteger(value) || (what === "batch" && Number.isNaN(value))) continue;
    throw invalid(
      `The ${what} of metric '${clip(keyOf(batch, i))}' must be a whole number within ±(2^53-1), not ${value}.`,
      {
        key: clip(keyOf(batch, i)),
        index: i,
      },
    );
  }
}

function keyOf(batch: SeriesBatch, point: number): string {
  let end = 0;
  for (const [i, key] of batch.keys.entries()) {
    end += batch.counts[i] ?? 0;
    if (point < end) return key;
  }
  return "";
}
