import type { CreateModel, Model, ModelHistoryEntry, UpdateModel } from "@cairn/core";
import { modelEvents } from "@cairn/core";
import * as z from "zod";
import { pageOf, searchFields, strict, tagChanges, textMap, time } from "./common.ts";
import { endpoint, shapeOf } from "./endpoint.ts";
import { namePolicy } from "./experiments.ts";
import { once } from "./once.ts";

export const modelId = once(() => z.int().min(0).meta({ description: "Number of a model, unique in the server." }));
export const versionNumber = once(() => z.int().min(0).meta({ description: "1, 2, 3 … in its model, never reused." }));
const project = once(() => z.string().optional().meta({ description: "`default` when left out." }));
const modelName = once(() => z.string().meta({ description: "Unique in its project; without `/` and `:`." }));

export const model = once(() =>
  shapeOf<Model>()({
    id: modelId(),
    project: z.string(),
    name: z.string(),
    description: z.string(),
    author: z.string(),
    createdAt: time(),
    updatedAt: time(),
    deletedAt: time().nullable(),
    tags: textMap(),
    aliases: z.record(z.string(), versionNumber()).meta({ description: "Version numbers by alias, without `latest`." }),
    latest: versionNumber().nullable().meta({ description: "What `latest` names: the highest sealed version." }),
    stages: z
      .record(z.string(), versionNumber())
      .meta({ description: 'The highest sealed number in each stage; "" = in none.' }),
    versions: z.int().meta({ description: "How many there are." }),
  }).meta({ id: "Model", description: "A repository of versions of one model." }),
);

const create = once(() =>
  shapeOf<CreateModel>()({
    project: project(),
    name: modelName(),
    description: z.string().optional(),
    author: z.string().optional(),
    tags: textMap().optional(),
    onConflict: namePolicy().optional(),
  }),
);

const update = once(() =>
  shapeOf<UpdateModel>()({
    name: modelName().optional(),
    description: z.string().optional(),
    tags: tagChanges().optional(),
    strict: strict(),
  }),
);

const id = once(() => z.strictObject({ id: modelId() }));
const alias = once(() =>
  id().extend({ alias: z.string().meta({ description: "1 to 255 letters, digits, `_` and `-`." }) }),
);

const reason = once(() =>
  z.string().optional().meta({ description: "Why; kept in the model's history. At most 2000 characters." }),
);

const historyEntry = once(() =>
  shapeOf<ModelHistoryEntry>()({
    number: z.int(),
    at: time(),
    author: z.string(),
    what: z.enum(modelEvents),
    version: versionNumber(),
    name: z.string().nullable().meta({ description: "The alias, or the tag's key." }),
    from: z.string().nullable().meta({ description: "What was before; of an alias the version's number." }),
    to: z.string().nullable(),
    reason: z.string().nullable(),
  }).meta({ id: "ModelHistoryEntry" }),
);

export const modelEndpoints = {
  "models.create": endpoint({
    method: "POST",
    path: "/models",
    args: ["*"],
    input: create,
    result: model,
    errors: ["invalid", "not_found", "conflict"],
    doc: {
      summary: "Create a model",
      text: "With `onConflict: \"skip\"` it is the way to say 'this one, made if need be'.",
      example: { name: "digits", onConflict: "skip" },
    },
  }),
  "models.search": endpoint({
    method: "POST",
    path: "/models/search",
    twin: "/models",
    args: ["*"],
    input: () => z.strictObject({ ...searchFields(), project: z.string().optional() }),
    result: () => pageOf(model()),
    errors: ["invalid", "not_found"],
    idempotent: true,
    doc: { summary: "Search models", example: { filter: "name like 'dig%'", limit: 10 } },
  }),
  "models.find": endpoint({
    method: "GET",
    path: "/models/by-name",
    args: ["name", "project"],
    input: () => z.strictObject({ name: z.string(), project: z.string().optional() }),
    result: model,
    errors: ["not_found"],
    absent: true,
    doc: { summary: "Find a model by its exact name", text: "Deleted ones too.", example: { name: "digits" } },
  }),
  "models.get": endpoint({
    method: "GET",
    path: "/models/{id}",
    args: ["id"],
    input: id,
    result: model,
    errors: ["invalid", "not_found"],
    doc: { summary: "Get a model", example: {} },
  }),
  "models.update": endpoint({
    method: "PATCH",
    path: "/models/{id}",
    args: ["id", "*"],
    input: () => id().extend(update().shape),
    result: model,
    errors: ["invalid", "not_found", "conflict", "precondition"],
    doc: { summary: "Change name, description or tags", example: { tags: { team: "vision" } } },
  }),
  "models.delete": endpoint({
    method: "DELETE",
    path: "/models/{id}",
    args: ["id"],
    input: id,
    result: null,
    errors: ["invalid", "not_found"],
    doc: {
      summary: "Delete a model softly",
      text: "It refuses changes until it is restored, and `model:ref` no longer finds it. Its name stays taken.",
    },
  }),
  "models.restore": endpoint({
    method: "POST",
    path: "/models/{id}/restore",
    args: ["id"],
    input: id,
    result: model,
    errors: ["invalid", "not_found"],
    doc: { summary: "Restore a deleted model" },
  }),
  "models.purge": endpoint({
    method: "POST",
    path: "/models/{id}/purge",
    args: ["id"],
    input: id,
    result: null,
    errors: ["invalid", "not_found", "precondition"],
    doc: {
      summary: "Delete a model for good",
      text: "It must be deleted first. Its versions and their files go, and their bytes are freed.",
    },
  }),
  "models.setAlias": endpoint({
    method: "PUT",
    path: "/models/{id}/aliases/{alias}",
    args: ["id", "alias", "number", "reason"],
    input: () => alias().extend({ number: versionNumber(), reason: reason() }),
    result: model,
    errors: ["invalid", "not_found", "precondition"],
    idempotent: true,
    doc: {
      summary: "Point an alias at a version",
      text: "It moves away from where it pointed. `latest` is reserved: it is the highest sealed version.",
      example: { alias: "champion", number: 1, reason: "Better on the night set." },
    },
  }),
  "models.deleteAlias": endpoint({
    method: "DELETE",
    path: "/models/{id}/aliases/{alias}",
    args: ["id", "alias", "strict", "reason"],
    input: () =>
      alias().extend({
        strict: strict().meta({ description: "An alias that is not there is an error." }),
        reason: reason(),
      }),
    result: model,
    errors: ["invalid", "not_found", "precondition"],
    idempotent: true,
    doc: { summary: "Delete an alias" },
  }),
  "models.history": endpoint({
    method: "GET",
    path: "/models/{id}/history",
    args: ["id", "*"],
    input: () =>
      id().extend({
        limit: z.int().optional().meta({ description: "1 … 1000; 100 when left out." }),
        cursor: z.string().optional().meta({ description: "`next` of the page before." }),
      }),
    result: () => pageOf(historyEntry()),
    errors: ["invalid", "not_found"],
    doc: {
      summary: "Read who did what to a model and its versions",
      text: "The newest first: aliases, versions made, sealed and deleted, comments, stages and tags of versions.",
      example: {},
    },
  }),
} as const;
