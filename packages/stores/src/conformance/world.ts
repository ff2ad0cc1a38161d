import type { ChangeInput, RecordStore, Stamp } from "@cairn/core";

export const stamp: Stamp = { at: 1_700_000_000_000, author: "ada" };

/** Gives a new record its first project and experiment 0. */
export async function start(store: RecordStore): Promise<void> {
  await store.write("projects.init", {}, stamp);
}

export function run(number: number, changes: Partial<ChangeInput<"runs.create">> = {}): ChangeInput<"runs.create"> {
  return {
    id: number.toString(16).padStart(32, "0"),
    experiment: 0,
    name: `run ${number}`,
    onConflict: null,
    state: "running",
    author: "ada",
    startedAt: null,
    parameters: [],
    tags: {},
    labels: [],
    ...changes,
  };
}

export function experiment(name: string): ChangeInput<"experiments.create"> {
  return { project: "default", name, description: "", location: null, tags: {}, onConflict: "error" };
}

export const newModel: ChangeInput<"models.create"> = {
  project: "default",
  name: "model",
  description: "",
  author: "ada",
  tags: {},
  onConflict: "error",
};

export function newVersion(
  model: number,
  from: ChangeInput<"versions.create">["from"] = null,
): ChangeInput<"versions.create"> {
  return {
    model,
    from,
    manifest: null,
    label: null,
    onConflict: "error",
    state: "sealed",
    stage: "",
    metadata: {},
    comment: "",
    author: "ada",
    run: null,
    source: null,
    link: null,
    checkpoint: null,
    tags: {},
  };
}
