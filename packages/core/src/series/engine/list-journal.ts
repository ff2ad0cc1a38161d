import type { ReadTx } from "../../store/tx.ts";
import type { HeadRow, JournalRow } from "../rows.ts";

/**
 * The run's journal records behind `after`, in order. One that cannot be reached comes without data, as a damaged one: a record
 * that is missing hides those before it. Data are read one by one: a backlog may be larger than memory should be.
 */
export function* listJournal(
  tx: ReadTx,
  head: HeadRow,
  after: number,
): Generator<Pick<JournalRow, "id" | "seq" | "data">> {
  for (const { id, seq } of walkBack(tx, head, after).reverse()) {
    yield { id, seq, data: (id === 0 ? undefined : tx.get("journal", id)?.data) ?? nothing };
  }
}

function walkBack(tx: ReadTx, { run, seq: newest, last }: HeadRow, after: number): Omit<JournalRow, "data">[] {
  const rows: Omit<JournalRow, "data">[] = [];
  let id = last;
  for (let seq = newest; seq > after; seq--) {
    const found = id === 0 ? undefined : tx.pick("journal", ["id", "run", "seq", "before"], { prefix: [id] })[0];
    const row = found?.run === run && found.seq === seq ? found : { id: 0, run, seq, before: 0 };
    rows.push(row);
    id = row.before;
  }
  return rows;
}

const nothing = new Uint8Array(0);
