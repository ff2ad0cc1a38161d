import type { LogResult, RunSearchInput } from "@cairn/core";
import * as z from "zod";
import { experimentId, pageOf, runId, searchFields } from "./common.ts";
import { endpoint, shapeOf } from "./endpoint.ts";
import { logInput } from "./log-shapes.ts";
import { once } from "./once.ts";
import { createRunCodec, logCodec, pageOfRunsCodec, runCodec } from "./run-codec.ts";
import { createRun, iteration, module, note, run, updateRun, type WirePage } from "./run-shapes.ts";

const pageOfRuns = once(() =>
  shapeOf<WirePage>()({
    ...pageOf(run()).shape,
    total: z.int().optional().meta({ description: "All runs that match, when `count` asked for it." }),
  }),
);

const runSearchFields = once(
  () =>
    ({
      ...searchFields(),
      experiments: z.array(experimentId()).optional().meta({ description: "All when left out." }),
      offset: z.int().optional().meta({ description: "Instead of a cursor: rows of the order to pass over." }),
      count: z.boolean().optional().meta({ description: "Say in `total` how many runs match." }),
      fields: z
        .array(z.string())
        .optional()
        .meta({
          description:
            "Parts of each run to carry: `parameters`, `metrics`, `tags`, `labels`, `inputs`, `outputs`, `used`, or single keys such " +
            "as `metrics.loss`. The run's own fields always come. Everything when left out.",
        }),
    }) satisfies { [K in keyof RunSearchInput]-?: z.ZodType<RunSearchInput[K]> },
);

const id = once(() => z.strictObject({ id: runId() }));
const noteKey = once(() => id().extend({ number: z.int() }));

export const logResult = once(() =>
  shapeOf<LogResult>()({
    added: z.int().meta({ description: "Points that were new; equal ones are kept once." }),
    repeated: z.boolean().meta({ description: "The writer's mark had been applied before: nothing was written now." }),
  }).meta({ id: "LogResult" }),
);

export const runEndpoints = {
  "runs.create": endpoint({
    method: "POST",
    path: "/runs",
    args: ["*"],
    input: createRun,
    result: run,
    errors: ["invalid", "not_found", "conflict", "precondition"],
    codec: createRunCodec,
    doc: {
      summary: "Create a run",
      example: { experiment: 0, name: "first", parameters: [{ key: "lr", value: 0.1 }], tags: { stage: "try" } },
    },
  }),
  "runs.search": endpoint({
    method: "POST",
    path: "/runs/search",
    twin: "/runs",
    args: ["*"],
    input: () => z.strictObject(runSearchFields()),
    result: pageOfRuns,
    errors: ["invalid"],
    idempotent: true,
    codec: pageOfRunsCodec,
    doc: {
      summary: "Search runs",
      text:
        "Page by page with `cursor`, which nothing shifts, or from any row with `offset`. `fields` keeps a wide table small: " +
        "the parts that it does not name are empty.",
      example: {
        experiments: [0],
        filter: "metrics.loss < 0.5",
        order: "metrics.loss asc",
        limit: 20,
        count: true,
        fields: ["params.lr", "metrics.loss", "labels"],
      },
    },
  }),
  "runs.get": endpoint({
    method: "GET",
    path: "/runs/{id}",
    args: ["id"],
    input: id,
    result: run,
    errors: ["invalid", "not_found"],
    codec: runCodec,
    doc: {
      summary: "Get a run",
      text: "With parameters, tags, labels, inputs and a summary of each metric.",
      example: {},
    },
  }),
  "runs.update": endpoint({
    method: "PATCH",
    path: "/runs/{id}",
    args: ["id", "*"],
    input: () => id().extend(updateRun().shape),
    result: run,
    errors: ["invalid", "not_found", "precondition"],
    idempotent: true,
    codec: runCodec,
    doc: {
      summary: "Change a run: name, state, star, tags, labels",
      text: "Setting the state to `running` again opens the next attempt.",
      example: { state: "finished", starred: true },
    },
  }),
  "runs.log": endpoint({
    method: "POST",
    path: "/runs/{id}/log",
    args: ["id", "*"],
    input: logInput,
    result: logResult,
    errors: ["invalid", "not_found", "conflict", "precondition", "too_large", "rate_limited"],
    codec: logCodec,
    doc: {
      summary: "Log parameters, tags, points and more in one atomic call",
      text:
        "All of it is there afterwards, or nothing. Points come as rows (`points`), as columns (`series`), or as binary columns " +
        "(`Content-Type: application/x-cairn-columns`, also at `/runs/{id}/points`). A call holds at most 65 536 points. " +
        "A missing time is the server's, a missing step is 0. Equal points (key, time, step, value, batch) are kept once; with a " +
        "`writer` mark a retry of the whole call is applied once.",
      example: { points: [{ key: "train/loss", step: 1, value: 0.42 }], tags: { stage: "warm-up" } },
    },
  }),
  "runs.addNote": endpoint({
    method: "POST",
    path: "/runs/{id}/notes",
    args: ["id", "text"],
    input: () => id().extend({ text: z.string() }),
    result: note,
    errors: ["invalid", "not_found", "precondition"],
    doc: {
      summary: "Add a note",
      text: "It gets a time and a number.",
      example: { text: "Restarted with a smaller batch." },
    },
  }),
  "runs.listNotes": endpoint({
    method: "GET",
    path: "/runs/{id}/notes",
    args: ["id"],
    input: id,
    result: () => z.array(note()),
    errors: ["invalid", "not_found"],
    doc: { summary: "List notes", example: {} },
  }),
  "runs.updateNote": endpoint({
    method: "PATCH",
    path: "/runs/{id}/notes/{number}",
    args: ["id", "number", "text"],
    input: () => noteKey().extend({ text: z.string() }),
    result: note,
    errors: ["invalid", "not_found", "precondition"],
    idempotent: true,
    doc: { summary: "Mend the text of a note", text: "Its time and author stay." },
  }),
  "runs.deleteNote": endpoint({
    method: "DELETE",
    path: "/runs/{id}/notes/{number}",
    args: ["id", "number"],
    input: noteKey,
    result: null,
    errors: ["invalid", "not_found", "precondition"],
    doc: { summary: "Delete a note for good" },
  }),
  "runs.listModules": endpoint({
    method: "GET",
    path: "/runs/{id}/modules",
    args: ["id"],
    input: id,
    result: () => z.array(module()),
    errors: ["invalid", "not_found"],
    doc: { summary: "List modules: model, optimizer, criterion …", example: {} },
  }),
  "runs.listIterations": endpoint({
    method: "GET",
    path: "/runs/{id}/iterations",
    args: ["id"],
    input: id,
    result: () => z.array(iteration()),
    errors: ["invalid", "not_found"],
    doc: { summary: "List iterations: passes over a dataset", example: {} },
  }),
  "runs.clearIterations": endpoint({
    method: "DELETE",
    path: "/runs/{id}/iterations",
    args: ["id", "hash"],
    input: () =>
      id().extend({ hash: z.string().optional().meta({ description: "One iteration; all when left out." }) }),
    result: () => z.int().meta({ description: "How many went." }),
    errors: ["invalid", "not_found", "precondition"],
    doc: { summary: "Take iterations away" },
  }),
  "runs.ping": endpoint({
    method: "POST",
    path: "/runs/{id}/ping",
    args: ["id"],
    input: id,
    result: null,
    errors: ["invalid", "not_found", "precondition"],
    idempotent: true,
    doc: {
      summary: "Say that the training still lives",
      text: "A run silent for ten minutes is shown as stalled.",
      example: {},
    },
  }),
  "runs.delete": endpoint({
    method: "DELETE",
    path: "/runs/{id}",
    args: ["id"],
    input: id,
    result: null,
    errors: ["invalid", "not_found"],
    doc: { summary: "Delete a run softly", text: "It refuses writes until it is restored." },
  }),
  "runs.restore": endpoint({
    method: "POST",
    path: "/runs/{id}/restore",
    args: ["id"],
    input: id,
    result: run,
    errors: ["invalid", "not_found", "precondition"],
    codec: runCodec,
    doc: { summary: "Restore a deleted run" },
  }),
  "runs.purge": endpoint({
    method: "POST",
    path: "/runs/{id}/purge",
    args: ["id"],
    input: id,
    result: null,
    errors: ["invalid", "not_found", "precondition"],
    doc: {
      summary: "Delete a run for good",
      text: "It must be deleted first. Its points and files go, and their bytes are freed.",
    },
  }),
} as const;
