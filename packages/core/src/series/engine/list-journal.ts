import type { ReadTx } from "../../store/tx.ts";
import type { HeadRow, JournalRow } from "../rows.ts";

/**
 * The run's journal records behind `after`, in order. One that cannot be reached comes without data, as a damaged one: a record
 * that is missing hides those before it.
 */
export function listJournal(tx: ReadTx, head: HeadRow, after: number): JournalRow[] {
  const { run } = head;
  const rows: JournalRow[] = [];
  let id = head.last;
  for (let seq = head.seq; seq > after; seq--) {
    const found = id === 0 ? undefined : tx.get("journal", id);
    const row = found?.run === run && found.seq === seq ? found : { id: 0, run, seq, before: 0, data: nothing };
    rows.push(row);
    id = row.before;
  }
  return rows.reverse();
}

const nothing = new Uint8Array(0);
