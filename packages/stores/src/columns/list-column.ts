import { type ReadTx, textForms } from "@cairn/core";
import type { Column } from "./column.ts";
import { createDictionary } from "./dictionary.ts";
import type { Spine } from "./spine.ts";

/** Where the values of a field that a run may have many of come from. */
export interface ListSource {
  /** Calls `put` for each value of each run, in order of row numbers. */
  readAll(tx: ReadTx, put: (run: number, text: string) => void): void;
  read(tx: ReadTx, run: number): readonly string[];
}

const none: readonly number[] = [];

/** Labels and parts of datasets: a comparison is true if any one value fulfils it, else false. */
export function buildListColumn(tx: ReadTx, spine: Spine, source: ListSource): Column {
  const dictionary = createDictionary(textForms);
  const lists: (readonly number[])[] = new Array(spine.size).fill(none);
  let held = 0;
  let next = 0;
  let open: number[] = [];
  source.readAll(tx, (run, text) => {
    while (next < spine.size && (spine.rows[next] as number) < run) next++;
    if (spine.rows[next] !== run) return;
    if (lists[next] === none) {
      open = [];
      lists[next] = open;
    }
    open.push(dictionary.add(text));
    held++;
  });

  return {
    get bytes() {
      return dictionary.bytes + 8 * lists.length + 40 * held;
    },
    get isWorn() {
      return dictionary.size > 2 * (lists.length + held) + 1024;
    },
    grow(size) {
      while (lists.length < size) lists.push(none);
    },
    refresh(tx, spine, slots) {
      for (const slot of slots) {
        const codes = source.read(tx, spine.rows[slot] as number).map((text) => dictionary.add(text));
        held += codes.length - (lists[slot]?.length ?? 0);
        lists[slot] = codes.length === 0 ? none : codes;
      }
    },
    compile(term, effort) {
      const test = dictionary.compile(term, effort);
      return (selection, count, out) => {
        for (let i = 0; i < count; i++) {
          const codes = lists[selection[i] as number] ?? none;
          out[i] = 0;
          for (const code of codes) {
            if (!test(code)) continue;
            out[i] = 2;
            break;
          }
        }
      };
    },
    grouping: () => ({
      each(slot, put) {
        const codes = lists[slot] ?? none;
        for (const code of codes.length > 1 ? new Set(codes) : codes) put(code);
      },
      valueOf: (code) => dictionary.value(code),
    }),
    isMissing: (slot) => (lists[slot] ?? none).length === 0,
    key: () => null,
    order: () => null,
  };
}
