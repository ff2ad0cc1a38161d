import type { RunOutput } from "../checkpoints/link.ts";
import type { DatasetInput } from "../datasets/dataset.ts";
import type { CheckpointId, RunId } from "../ids.ts";
import type { Json } from "../json.ts";
import type { Page } from "../page.ts";
import type { SeriesInfo } from "../series/series.ts";
import type { RunState } from "./state.ts";

/** A hyper-parameter: its identity is its flat key, `key` or `group/key`. */
export interface Parameter {
  readonly group: string;
  readonly key: string;
  readonly value: Json;
}

export interface Note {
  readonly number: number;
  readonly at: number;
  readonly author: string;
  readonly text: string;
}

/** A part of what was trained: model, optimizer, criterion … Within a run (type, hash) is its identity. */
export interface Module {
  readonly type: string;
  readonly name: string;
  readonly hash: string;
  readonly parameters: Readonly<Record<string, Json>>;
}

/** A pass over a dataset in a phase. Within a run the hash is its identity. */
export interface Iteration {
  readonly hash: string;
  readonly phase: string | null;
  readonly epoch: number | null;
  readonly dataset: {
    readonly name: string;
    readonly hash: string;
    readonly arguments: Readonly<Record<string, Json>>;
  } | null;
  /** Of the loader: batch size, shuffle … */
  readonly arguments: Readonly<Record<string, Json>>;
  readonly modules: readonly Module[];
}

/** The run's own fields, without what hangs on it. */
export interface RunInfo {
  readonly id: RunId;
  readonly experiment: number;
  readonly name: string;
  readonly state: RunState;
  readonly author: string;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly heartbeatAt: number;
  /** Its own deletion, or its experiment's. */
  readonly deletedAt: number | null;
  readonly starred: boolean;
  readonly attempt: number;
  readonly error: string | null;
}

/** One training, as lists and pages show it. Points, files, notes, modules and iterations are asked for apart. */
export interface Run extends RunInfo {
  readonly parameters: readonly Parameter[];
  readonly tags: Readonly<Record<string, string>>;
  readonly labels: readonly string[];
  readonly metrics: readonly SeriesInfo[];
  readonly inputs: readonly DatasetInput[];
  /** Checkpoints that it left. */
  readonly outputs: readonly RunOutput[];
  /** Checkpoints that it used. */
  readonly used: readonly CheckpointId[];
}

/** A page of runs. */
export interface RunPage extends Page<Run> {
  /** All runs that match; there when the search asked for the count. */
  readonly total?: number | undefined;
}
