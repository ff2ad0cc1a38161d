import { encodeJournalRecord } from "../codec/journal-record.ts";
import type { Engine } from "./engine.ts";
import { flatSlice } from "./flat-log.ts";
import type { RunTail } from "./tail.ts";

/** Puts what the group staged: for each run its points as one record (more only if they are very many), and its head. */
export function flushTail({ tx, limits }: Engine, tail: RunTail): void {
  if (tail.removed) return;
  const { log } = tail;
  if (log.points > tail.flushedPoints) {
    let fromPart = tail.flushedParts;
    let from = tail.flushedPoints;
    let to = from;
    for (let part = fromPart; part < log.parts; part++) {
      const count = log.counts[part] as number;
      if (to > from && to - from + count > limits.recordPoints) {
        putRecord(tx, tail, fromPart, part, from, to);
        fromPart = part;
        from = to;
      }
      to += count;
    }
    putRecord(tx, tail, fromPart, log.parts, from, to);
    tail.flushedPoints = log.points;
    tail.flushedParts = log.parts;
  }
  if (!tail.headChanged) return;
  tx.put("heads", tail.head);
  tail.headChanged = false;
}

function putRecord(tx: Engine["tx"], tail: RunTail, fromPart: number, toPart: number, from: number, to: number): void {
  const data = encodeJournalRecord(flatSlice(tail.log, fromPart, toPart, from, to));
  const { head } = tail;
  const seq = head.seq + 1;
  const points = to - from;
  tx.put("journal", { run: tail.run, seq, data });
  tail.head = { ...head, seq, points: head.points + points, bytes: head.bytes + data.length };
  tail.headChanged = true;
  tail.records.push({ seq, points, parts: toPart - fromPart, bytes: data.length });
}
