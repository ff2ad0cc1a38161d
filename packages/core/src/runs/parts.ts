import { decodeObject } from "../json.ts";
import type { WriteContext } from "../store/context.ts";
import { nextNumber } from "../store/numbers.ts";
import type { ReadTx, Tx } from "../store/tx.ts";
import { writableRun } from "./guard.ts";
import type { IterationInput, ModuleInput } from "./inputs.ts";
import type { RunRow } from "./rows.ts";
import type { Iteration, Module } from "./run.ts";
import { encodeValue } from "./values.ts";

/** Puts modules by (type, hash): one that is there takes the new name and parameters and keeps its place. */
export function putModules(tx: Tx, run: RunRow, inputs: readonly ModuleInput[]): void {
  for (const input of inputs) {
    const present = tx.list("modules", { index: "byHash", prefix: [run.row, input.type, input.hash], limit: 1 })[0];
    tx.put("modules", {
      run: run.row,
      number: present?.number ?? nextNumber(tx, "modules"),
      type: input.type,
      name: input.name,
      hash: input.hash,
      parameters: encodeValue(input.parameters ?? {}),
    });
  }
}

/** Puts iterations by hash: one that is there is replaced and keeps its place. */
export function putIterations(tx: Tx, run: RunRow, inputs: readonly IterationInput[]): void {
  for (const input of inputs) {
    const present = tx.list("iterations", { index: "byHash", prefix: [run.row, input.hash], limit: 1 })[0];
    tx.put("iterations", {
      run: run.row,
      number: present?.number ?? nextNumber(tx, "iterations"),
      hash: input.hash,
      phase: input.phase ?? null,
      epoch: input.epoch ?? null,
      dataset: input.dataset ? encodeValue({ ...input.dataset, arguments: input.dataset.arguments ?? {} }) : null,
      arguments: encodeValue(input.arguments ?? {}),
      modules: encodeValue((input.modules ?? []).map((module) => ({ ...module, parameters: module.parameters ?? {} }))),
    });
  }
}

export function clearIterations(
  context: WriteContext,
  input: { readonly id: string; readonly hash: string | null },
): number {
  const row = writableRun(context.tx, input.id);
  if (input.hash === null) return context.tx.clear("iterations", { prefix: [row.row] });
  const found = context.tx.list("iterations", { index: "byHash", prefix: [row.row, input.hash], limit: 1 })[0];
  if (found !== undefined) context.tx.delete("iterations", row.row, found.number);
  return found === undefined ? 0 : 1;
}

export function readModules(tx: ReadTx, run: number): Module[] {
  return tx.list("modules", { prefix: [run] }).map(({ type, name, hash, parameters }) => ({
    type,
    name,
    hash,
    parameters: decodeObject(parameters),
  }));
}

export function readIterations(tx: ReadTx, run: number): Iteration[] {
  return tx.list("iterations", { prefix: [run] }).map((row) => ({
    hash: row.hash,
    phase: row.phase,
    epoch: row.epoch,
    dataset: row.dataset === null ? null : (JSON.parse(row.dataset) as Iteration["dataset"]),
    arguments: decodeObject(row.arguments),
    modules: JSON.parse(row.modules) as Module[],
  }));
}
