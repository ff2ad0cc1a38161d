import type { Engine } from "./engine.ts";
import { createFlatLog, reserveLog } from "./flat-log.ts";
import { listJournal } from "./list-journal.ts";
import { orderParts, type PartOrder } from "./part-order.ts";
import { isLoaded, type Prefix, type RunTail, readInto, type StartedSeal, type TailRecord } from "./tail.ts";

/** Null if there is nothing to seal. Of a backlog that is not in memory only what is sealed will be read. */
export function startSeal({ tx, limits, columns }: Engine, tail: RunTail): StartedSeal | null {
  const { head } = tail;
  if (head.sealed === head.seq) return null;
  const prefix: Prefix = { records: [], seq: 0, points: 0, parts: 0, bytes: 0 };
  const seal = { prefix, order: null, next: 0 };
  if (isLoaded(tail)) {
    for (const record of tail.records) {
      const { seq, points } = record;
      const isEnough = prefix.seq > 0 && prefix.points + points > limits.sealPoints;
      if (head.sealing > 0 ? seq > head.sealing : isEnough) break;
      take(prefix, record);
    }
    return { ...seal, log: tail.log, unread: null };
  }
  const log = createFlatLog(columns);
  reserveLog(log, Math.min(head.points, limits.sealPoints), 0);
  return { ...seal, log, unread: listJournal(tx, head, head.sealed) };
}

/** Goes on with the start, as far as one call may. @returns null until it is complete */
export function orderSeal(engine: Engine, tail: RunTail, seal: StartedSeal): PartOrder | null {
  const { log, prefix } = seal;
  const { sealing } = tail.head;
  const enough = log.points + engine.budget;
  while (seal.unread !== null) {
    if (log.points >= enough) return null;
    const { value: row } = seal.unread.next();
    const isBehind = row && (sealing > 0 ? row.seq > sealing : log.points >= engine.limits.sealPoints);
    if (!row || isBehind) seal.unread = null;
    else take(prefix, readInto(engine, tail, log, row));
  }
  seal.order ??= orderParts(log, prefix.parts, tail.ids);
  return seal.order;
}

function take(prefix: Prefix, record: TailRecord): void {
  prefix.records.push(record);
  prefix.seq = record.seq;
  prefix.points += record.points;
  prefix.parts += record.parts;
  prefix.bytes += record.bytes;
}
