import { invalid } from "../errors.ts";
import { clip } from "../ids.ts";
import type { ReadTx } from "../store/tx.ts";
import { LATEST } from "./names.ts";
import type { VersionRow } from "./rows.ts";

/** `model:ref`, parted at the first colon, which no model's name has. Without a ref it is `latest`. */
export interface ModelRef {
  readonly name: string;
  readonly ref: string;
}

/**
 * @throws invalid when either part is empty.
 * @example
 * parseModelRef("credit:1.0"); // { name: "credit", ref: "1.0" }
 * parseModelRef("credit"); // { name: "credit", ref: "latest" }
 */
export function parseModelRef(text: string): ModelRef {
  const colon = text.indexOf(":");
  const name = colon < 0 ? text : text.slice(0, colon);
  const ref = colon < 0 ? LATEST : text.slice(colon + 1);
  if (name !== "" && ref !== "") return { name, ref };
  throw invalid(`Invalid model reference '${clip(text)}': write 'model', 'model:3', 'model:alias' or 'model:label'.`, {
    ref: clip(text),
  });
}

/** The number that a ref plainly is: digits without a leading zero, as far as numbers go. */
export function parseVersionNumber(ref: string): number | undefined {
  return /^[1-9]\d{0,15}$/.test(ref) && Number.isSafeInteger(Number(ref)) ? Number(ref) : undefined;
}

/** The version that a ref names: digits → number, then label; anything else → alias (`latest` too), then label. */
export function resolveRef(tx: ReadTx, model: number, ref: string): VersionRow | undefined {
  const number = /^\d+$/.test(ref) ? parseVersionNumber(ref) : aliasTarget(tx, model, ref);
  return (number === undefined ? undefined : findNumber(tx, model, number)) ?? findLabel(tx, model, ref);
}

export function findNumber(tx: ReadTx, model: number, number: number): VersionRow | undefined {
  return tx.list("versions", { index: "byNumber", prefix: [model, number], limit: 1 })[0];
}

export function findLabel(tx: ReadTx, model: number, label: string): VersionRow | undefined {
  return tx.list("versions", { index: "byLabel", prefix: [model, label], limit: 1 })[0];
}

/** The highest sealed version's number. */
export function latestNumber(tx: ReadTx, model: number): number | undefined {
  const prefix = [model, "sealed"];
  return tx.pick("versions", ["number"], { index: "byState", prefix, reverse: true, limit: 1 })[0]?.number;
}

function aliasTarget(tx: ReadTx, model: number, alias: string): number | undefined {
  return alias === LATEST ? latestNumber(tx, model) : tx.get("aliases", model, alias)?.number;
}
