import type { KeyKind, ReadTx } from "@cairn/core";
import type { Followed } from "./column.ts";
import { createKeyLists } from "./key-lists.ts";
import { type KeySource, labelSource, nameSource, type Pair, pairSource } from "./key-source.ts";
import type { Spine } from "./spine.ts";

/** Which keys each run has, of one kind. Read when somebody first asks for the run. */
export interface KeySets extends Followed {
  readonly pairs: readonly Pair[];
  readonly texts: readonly string[];
  /** How many of the slots have each item. */
  count(tx: ReadTx, spine: Spine, slots: Int32Array): Uint32Array;
}

/** Runs in a row that are read together, though not all of them are asked for. */
const STRETCH = 512;

export function createKeySets(kind: KeyKind): KeySets {
  const pairs = pairSource();
  const labels = labelSource();
  const source: KeySource = kind === "parameters" ? pairs : kind === "labels" ? labels : nameSource(kind);
  const lists = createKeyLists(source);

  function read(tx: ReadTx, spine: Spine, first: number, last: number): void {
    const { rows } = spine;
    let slot = first;
    let items: number[] = [];
    source.readRange(tx, rows[first] as number, rows[last] as number, (run, item) => {
      while ((rows[slot] as number) < run) {
        lists.set(slot++, items);
        items = [];
      }
      if (rows[slot] === run) items.push(item);
    });
    for (; slot <= last; slot++) {
      lists.set(slot, items);
      items = [];
    }
  }

  /** Reads what is missing of the slots, which come the newest first: stretches without long gaps at once. */
  function load(tx: ReadTx, spine: Spine, slots: Int32Array): void {
    let last = -1;
    let first = -1;
    for (const slot of slots) {
      if (lists.has(slot)) continue;
      if (last >= 0 && first - slot > STRETCH) {
        read(tx, spine, first, last);
        last = -1;
      }
      if (last < 0) last = slot;
      first = slot;
    }
    if (last >= 0) read(tx, spine, first, last);
  }

  return {
    pairs: pairs.pairs,
    texts: labels.texts,
    get bytes() {
      return lists.bytes + source.bytes;
    },
    get isWorn() {
      return lists.isWorn;
    },
    grow: lists.grow,
    refresh(_tx, _spine, slots) {
      for (const slot of slots) lists.forget(slot);
    },
    count(tx, spine, slots) {
      load(tx, spine, slots);
      return lists.count(slots);
    },
  };
}
