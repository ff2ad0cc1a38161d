import type { Forms, ReadTx } from "@cairn/core";
import type { Column } from "./column.ts";
import { createDictionary } from "./dictionary.ts";
import { grown } from "./grow.ts";
import type { Spine } from "./spine.ts";

/** Where a text column's values come from: texts as the rows keep them. null = missing. */
export interface TextSource {
  /** Calls `put` for every run that has a value, in order of row numbers. */
  readAll(tx: ReadTx, put: (run: number, text: string) => void): void;
  read(tx: ReadTx, run: number): string | null;
  /** How a kept text may be compared. */
  formsOf(text: string): Forms;
}

/** Texts by dictionary: parameters, tags and the attributes that are texts. Codes are kept plus one, 0 = missing. */
export function buildTextColumn(tx: ReadTx, spine: Spine, source: TextSource): Column {
  const dictionary = createDictionary(source.formsOf);
  let codes = new Int32Array(spine.size);
  let next = 0;
  source.readAll(tx, (run, text) => {
    while (next < spine.size && (spine.rows[next] as number) < run) next++;
    if (spine.rows[next] === run) codes[next] = dictionary.add(text) + 1;
  });

  return {
    get bytes() {
      return codes.byteLength + dictionary.bytes;
    },
    get isWorn() {
      return dictionary.size > 2 * codes.length + 1024;
    },
    grow(size) {
      codes = grown(codes, size);
    },
    refresh(tx, spine, slots) {
      for (const slot of slots) {
        const text = source.read(tx, spine.rows[slot] as number);
        codes[slot] = text === null ? 0 : dictionary.add(text) + 1;
      }
    },
    compile(term, effort) {
      const test = dictionary.compile(term, effort);
      return (selection, count, out) => {
        for (let i = 0; i < count; i++) {
          const code = codes[selection[i] as number] as number;
          out[i] = code === 0 ? 1 : test(code - 1) ? 2 : 0;
        }
      };
    },
    grouping: () => ({
      each(slot, put) {
        const code = codes[slot] as number;
        if (code !== 0) put(code - 1);
      },
      valueOf: (code) => dictionary.value(code),
    }),
    isMissing: (slot) => codes[slot] === 0,
    key(slot, text) {
      const code = codes[slot] as number;
      return code === 0 ? null : dictionary.key(code - 1, text);
    },
    order(text, descending) {
      const ranks = dictionary.ranks(text);
      const values = ranks.places(descending);
      const at = codes;
      const placeOf = (slot: number) => values[at[slot] as number] as number;
      return {
        compare: (a, b) => compareNumbers(placeOf(a), placeOf(b)),
        compareTo(key) {
          const place = ranks.placeOf(key, descending);
          return (slot) => compareNumbers(placeOf(slot), place);
        },
        places: { values, at, present: null, sign: 1, of: (key) => ranks.placeOf(key, descending) },
      };
    },
  };
}

/** Not by subtraction: two that are missing are both infinite. */
function compareNumbers(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
