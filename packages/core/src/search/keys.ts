import type { Json } from "../json.ts";
import { decodeValue } from "../runs/values.ts";
import type { ReadTx } from "../store/tx.ts";
import type { RunSearch } from "./query.ts";

/** Which runs: what a search chooses by, without order and page. */
export type RunChoice = Pick<RunSearch, "experiments" | "lifecycle" | "filter">;

export const keyKinds = ["parameters", "metrics", "tags", "labels"] as const;
export type KeyKind = (typeof keyKinds)[number];

export const valueTypes = ["number", "text", "boolean", "other"] as const;
/** What a parameter's value is; `other` is a list, an object or null. */
export type ValueType = (typeof valueTypes)[number];

export interface ParameterCounts {
  runs: number;
  /** How many different values there are, as JSON texts. */
  distinct: number;
  /** The longest leading part of the key that some run calls its group. */
  group: number;
  /** A bit for each of `valueTypes`. */
  types: number;
}

/** How many of the runs have each key, by the number of its name; empty for kinds that were not asked for. */
export interface KeyCounts {
  readonly runs: number;
  readonly parameters: ReadonlyMap<number, ParameterCounts>;
  readonly metrics: ReadonlyMap<number, number>;
  readonly tags: ReadonlyMap<number, number>;
  readonly labels: ReadonlyMap<string, number>;
}

/** The bit of a parameter's type, from the text that its row keeps. */
export function typeBitOf(text: string): number {
  const first = text.charCodeAt(0);
  if (first === 0x22) return 2;
  if (first === 0x74 || first === 0x66) return 4;
  // [ { and the n of null; NaN and Infinity begin with capitals.
  return first === 0x5b || first === 0x7b || first === 0x6e ? 8 : 1;
}

/** Counts the keys of runs by reading their rows: the reference for faster ways. */
export function countKeys(tx: ReadTx, runs: readonly number[], kinds: readonly KeyKind[]): KeyCounts {
  const parameters = new Map<number, ParameterCounts>();
  const values = new Set<string>();
  const metrics = new Map<number, number>();
  const tags = new Map<number, number>();
  const labels = new Map<string, number>();
  const count = <K>(counts: Map<K, number>, key: K) => counts.set(key, (counts.get(key) ?? 0) + 1);
  const has = (kind: KeyKind) => kinds.includes(kind);
  for (const run of runs) {
    for (const { name, group, value } of has("parameters") ? tx.list("parameters", { prefix: [run] }) : []) {
      const counts = parameters.get(name) ?? { runs: 0, distinct: 0, group: 0, types: 0 };
      const isNew = values.size !== values.add(`${name} ${value}`).size;
      parameters.set(name, {
        runs: counts.runs + 1,
        distinct: counts.distinct + Number(isNew),
        group: Math.max(counts.group, group.length),
        types: counts.types | bitOf(decodeValue(value)),
      });
    }
    const series = has("metrics") ? tx.pick("series", ["name"], { index: "byRun", prefix: [run], from: 0 }) : [];
    for (const { name } of series) count(metrics, name);
    for (const { name } of has("tags") ? tx.pick("tags", ["name"], { prefix: [run] }) : []) count(tags, name);
    for (const { label } of has("labels") ? tx.list("runLabels", { prefix: [run] }) : []) count(labels, label);
  }
  return { runs: runs.length, parameters, metrics, tags, labels };
}

function bitOf(value: Json): number {
  const type = typeof value;
  return type === "number" ? 1 : type === "string" ? 2 : type === "boolean" ? 4 : 8;
}
