import { encodeJournalRecord } from "../codec/journal-record.ts";
import type { Engine } from "./engine.ts";
import { flatSlice } from "./flat-log.ts";
import type { RunTail } from "./tail.ts";

/** Puts what the group staged: for each run its points as one record (more only if they are very many), and its head. */
export function flushTail(engine: Engine, tail: RunTail): void {
  if (tail.removed) return;
  const { tx, limits } = engine;
  const { log } = tail;
  if (log.points > tail.flushedPoints) {
    engine.arrived += log.points - tail.flushedPoints;
    let fromPart = tail.flushedParts;
    let from = tail.flushedPoints;
    let to = from;
    for (let part = fromPart; part < log.parts; part++) {
      const count = log.counts[part] as number;
      if (to > from && to - from + count > limits.recordPoints) {
        putRecord(engine, tail, fromPart, part, from, to);
        fromPart = part;
        from = to;
      }
      to += count;
    }
    putRecord(engine, tail, fromPart, log.parts, from, to);
    tail.flushedPoints = log.points;
    tail.flushedParts = log.parts;
  }
  if (!tail.headChanged) return;
  tx.put("heads", tail.head);
  tail.headChanged = false;
}

function putRecord(engine: Engine, tail: RunTail, fromPart: number, toPart: number, from: number, to: number): void {
  const data = encodeJournalRecord(flatSlice(tail.log, tail.ids, fromPart, toPart, from, to));
  const { tx } = engine;
  const { run, head } = tail;
  const seq = head.seq + 1;
  const points = to - from;
  const isFirst = head.sealed === head.seq;
  engine.lastRecord ??= tx.pick("journal", ["id"], { prefix: [], reverse: true, limit: 1 })[0]?.id ?? 0;
  engine.lastRecord += 1;
  const id = engine.lastRecord;
  tx.put("journal", { id, run, seq, before: isFirst ? 0 : head.last, data });
  if (isFirst) tx.put("unsealed", { run, last: 0 });
  tail.head = { ...head, seq, last: id, points: head.points + points, bytes: head.bytes + data.length };
  tail.headChanged = true;
  tail.records.push({ id, seq, points, parts: toPart - fromPart, bytes: data.length });
}
