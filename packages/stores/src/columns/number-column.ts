import {
  booleanForms,
  type CompareTerm,
  compareKeys,
  compileTest,
  type Effort,
  type InTerm,
  type LikeTerm,
  numberForms,
  type ReadTx,
} from "@cairn/core";
import type { Column, ColumnOrder, Predicate } from "./column.ts";
import { grown } from "./grow.ts";
import type { Spine } from "./spine.ts";

/** Where a number column's values come from. null = missing. */
export interface NumberSource {
  /** Calls `put` for every run that has a value, in order of row numbers. */
  readAll(tx: ReadTx, put: (run: number, value: number) => void): void;
  read(tx: ReadTx, run: number): number | null;
}

export interface NumberColumn extends Column {
  set(slot: number, value: number | null): void;
}

/** Numbers (or booleans as 0 and 1) with their presence apart, because NaN is a value. */
export function buildNumberColumn(tx: ReadTx, spine: Spine, source: NumberSource, isBoolean = false): NumberColumn {
  let values = new Float64Array(spine.size);
  let present = new Uint8Array(spine.size);
  let next = 0;
  source.readAll(tx, (run, value) => {
    while (next < spine.size && (spine.rows[next] as number) < run) next++;
    if (spine.rows[next] !== run) return;
    values[next] = value;
    present[next] = 1;
  });

  function set(slot: number, value: number | null): void {
    values[slot] = value ?? 0;
    present[slot] = value === null ? 0 : 1;
  }

  function keyOf(slot: number): number | null {
    return present[slot] === 0 ? null : (values[slot] as number);
  }

  /** Any literal on any value by the judge's own test, through the forms. */
  function compileAny(term: CompareTerm | InTerm | LikeTerm, effort: Effort): Predicate {
    const test = compileTest(term, effort);
    const formsOf = isBoolean ? (value: number) => booleanForms(value !== 0) : numberForms;
    return (selection, count, out) => {
      for (let i = 0; i < count; i++) {
        const slot = selection[i] as number;
        out[i] = present[slot] === 0 ? 1 : test(formsOf(values[slot] as number)) ? 2 : 0;
      }
    };
  }

  return {
    get bytes() {
      return values.byteLength + present.byteLength;
    },
    isWorn: false,
    grow(size) {
      values = grown(values, size);
      present = grown(present, size);
    },
    set,
    refresh(tx, spine, slots) {
      for (const slot of slots) set(slot, source.read(tx, spine.rows[slot] as number));
    },
    compile(term, effort) {
      const literal = term.op === "compare" && !isBoolean ? term.value : undefined;
      if (term.op !== "compare" || typeof literal !== "number" || Number.isNaN(literal))
        return compileAny(term, effort);
      const compare = loops[term.comparison];
      return (selection, count, out) => compare(values, present, literal, selection, count, out);
    },
    grouping() {
      const codes = new Map<number, number>();
      const found: number[] = [];
      return {
        each(slot, put) {
          if (present[slot] === 0) return;
          const value = values[slot] as number;
          let code = codes.get(value);
          if (code === undefined) {
            code = found.push(value) - 1;
            codes.set(value, code);
          }
          put(code);
        },
        valueOf: (code) => (isBoolean ? found[code] !== 0 : (found[code] as number)),
      };
    },
    isMissing: (slot) => present[slot] === 0,
    key: keyOf,
    order: (_text, descending) => orderNumbers(values, present, keyOf, descending),
  };
}

function orderNumbers(
  values: Float64Array,
  present: Uint8Array,
  keyOf: (slot: number) => number | null,
  descending: boolean,
): ColumnOrder {
  const sign = descending ? -1 : 1;
  return {
    compare(a, b) {
      if (present[a] !== 0 && present[b] !== 0) {
        const x = values[a] as number;
        const y = values[b] as number;
        if (x < y) return -sign;
        if (x > y) return sign;
      }
      return compareKeys(keyOf(a), keyOf(b), descending);
    },
    compareTo: (key) => (slot) => compareKeys(keyOf(slot), key, descending),
    places: { values, at: null, present, sign, of: (key) => (typeof key === "number" ? sign * key : Number.NaN) },
  };
}

type Loop = (
  values: Float64Array,
  present: Uint8Array,
  literal: number,
  selection: Int32Array,
  count: number,
  out: Uint8Array,
) => void;

/**
 * One loop for each comparison, so that each stays a tight one: a closure called per value costs ten times as much.
 * They say what `compileTest` says for numbers; a property test holds them together.
 */
const loops: Record<CompareTerm["comparison"], Loop> = {
  "=": (values, present, literal, selection, count, out) => {
    for (let i = 0; i < count; i++) {
      const slot = selection[i] as number;
      out[i] = present[slot] === 0 ? 1 : values[slot] === literal ? 2 : 0;
    }
  },
  "!=": (values, present, literal, selection, count, out) => {
    for (let i = 0; i < count; i++) {
      const slot = selection[i] as number;
      out[i] = present[slot] === 0 ? 1 : values[slot] !== literal ? 2 : 0;
    }
  },
  "<": (values, present, literal, selection, count, out) => {
    for (let i = 0; i < count; i++) {
      const slot = selection[i] as number;
      out[i] = present[slot] === 0 ? 1 : (values[slot] as number) < literal ? 2 : 0;
    }
  },
  "<=": (values, present, literal, selection, count, out) => {
    for (let i = 0; i < count; i++) {
      const slot = selection[i] as number;
      out[i] = present[slot] === 0 ? 1 : (values[slot] as number) <= literal ? 2 : 0;
    }
  },
  ">": (values, present, literal, selection, count, out) => {
    for (let i = 0; i < count; i++) {
      const slot = selection[i] as number;
      out[i] = present[slot] === 0 ? 1 : (values[slot] as number) > literal ? 2 : 0;
    }
  },
  ">=": (values, present, literal, selection, count, out) => {
    for (let i = 0; i < count; i++) {
      const slot = selection[i] as number;
      out[i] = present[slot] === 0 ? 1 : (values[slot] as number) >= literal ? 2 : 0;
    }
  },
};
