import type { CreateExperiment, Experiment, UpdateExperiment } from "@cairn/core";
import * as z from "zod";
import { experimentId, pageOf, searchFields, strict, tagChanges, textMap, time } from "./common.ts";
import { endpoint, shapeOf } from "./endpoint.ts";
import { once } from "./once.ts";

export const experiment = once(() =>
  shapeOf<Experiment>()({
    id: experimentId(),
    project: z.string(),
    name: z.string(),
    description: z.string(),
    location: z.string().nullable().meta({ description: "Where clients store files by themselves; null = here." }),
    createdAt: time(),
    updatedAt: time(),
    deletedAt: time().nullable(),
    tags: textMap(),
  }).meta({ id: "Experiment", description: "A named group of runs." }),
);

export const namePolicy = once(() =>
  z.enum(["error", "overwrite", "duplicate", "skip"]).meta({
    description: "What to do when the name is taken: refuse, empty and reuse, add a number, or give back what has it.",
  }),
);

const create = once(() =>
  shapeOf<CreateExperiment>()({
    project: z.string().optional().meta({ description: "`default` when left out." }),
    name: z.string(),
    description: z.string().optional(),
    location: z.string().nullable().optional(),
    tags: textMap().optional(),
    onConflict: namePolicy().optional(),
  }),
);

const update = once(() =>
  shapeOf<UpdateExperiment>()({
    name: z.string().optional(),
    description: z.string().optional(),
    tags: tagChanges().optional(),
    strict: strict(),
  }),
);

const id = once(() => z.strictObject({ id: experimentId() }));

export const experimentEndpoints = {
  "experiments.create": endpoint({
    method: "POST",
    path: "/experiments",
    args: ["*"],
    input: create,
    result: experiment,
    errors: ["invalid", "not_found", "conflict"],
    doc: {
      summary: "Create an experiment",
      text: "With `onConflict: \"skip\"` it is the way to say 'this one, made if need be'.",
      example: { name: "digits", onConflict: "skip" },
    },
  }),
  "experiments.search": endpoint({
    method: "POST",
    path: "/experiments/search",
    twin: "/experiments",
    args: ["*"],
    input: () => z.strictObject({ ...searchFields(), project: z.string().optional() }),
    result: () => pageOf(experiment()),
    errors: ["invalid", "not_found"],
    idempotent: true,
    doc: { summary: "Search experiments", example: { filter: "name like 'dig%'", limit: 10 } },
  }),
  "experiments.find": endpoint({
    method: "GET",
    path: "/experiments/by-name",
    args: ["name", "project"],
    input: () => z.strictObject({ name: z.string(), project: z.string().optional() }),
    result: experiment,
    errors: ["not_found"],
    absent: true,
    doc: { summary: "Find an experiment by its exact name", text: "Deleted ones too.", example: { name: "Default" } },
  }),
  "experiments.get": endpoint({
    method: "GET",
    path: "/experiments/{id}",
    args: ["id"],
    input: id,
    result: experiment,
    errors: ["invalid", "not_found"],
    doc: { summary: "Get an experiment", example: { id: 0 } },
  }),
  "experiments.update": endpoint({
    method: "PATCH",
    path: "/experiments/{id}",
    args: ["id", "*"],
    input: () => id().extend(update().shape),
    result: experiment,
    errors: ["invalid", "not_found", "conflict", "precondition"],
    doc: { summary: "Change name, description or tags", example: { id: 0, tags: { team: "vision" } } },
  }),
  "experiments.delete": endpoint({
    method: "DELETE",
    path: "/experiments/{id}",
    args: ["id"],
    input: id,
    result: null,
    errors: ["invalid", "not_found"],
    doc: {
      summary: "Delete an experiment softly",
      text: "It and its runs refuse writes until it is restored. Its name stays taken.",
    },
  }),
  "experiments.restore": endpoint({
    method: "POST",
    path: "/experiments/{id}/restore",
    args: ["id"],
    input: id,
    result: experiment,
    errors: ["invalid", "not_found"],
    doc: { summary: "Restore a deleted experiment" },
  }),
  "experiments.purge": endpoint({
    method: "POST",
    path: "/experiments/{id}/purge",
    args: ["id"],
    input: id,
    result: null,
    errors: ["invalid", "not_found", "precondition"],
    doc: {
      summary: "Delete an experiment for good",
      text: "It must be deleted first. Its runs, their points and files go, and their bytes are freed.",
    },
  }),
} as const;
