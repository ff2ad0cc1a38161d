import * as z from "zod";
import {
  artifact,
  artifactEntry,
  artifactOptions,
  artifactPath,
  descriptor,
  listFields,
  shown,
} from "./artifact-shapes.ts";
import { pageOf, searchFields } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { modelId, versionNumber } from "./models.ts";
import { once } from "./once.ts";
import { pageOfVersionsCodec, versionCodec, versionsCodec } from "./version-codec.ts";
import { copyVersion, createVersion, updateVersion, version } from "./version-shapes.ts";

const model = once(() => z.strictObject({ model: modelId() }));
const key = once(() => model().extend({ number: versionNumber() }));
const file = once(() => key().extend({ path: artifactPath() }));

export const versionEndpoints = {
  "versions.create": endpoint({
    method: "POST",
    path: "/models/{model}/versions",
    args: ["model", "*"],
    input: () => model().extend(createVersion().shape),
    result: version,
    errors: ["invalid", "not_found", "conflict", "precondition", "too_large"],
    codec: versionCodec,
    doc: {
      summary: "Create a version",
      text: "It gets the model's next number. Begin with a draft, write its files and seal it; or make it sealed at once `from` a run's folder, whose files it keeps whatever becomes of the run.",
      example: { comment: "first", metadata: { accuracy: 0.83 } },
    },
  }),
  "versions.copy": endpoint({
    method: "POST",
    path: "/models/{model}/versions/{number}/copy",
    args: ["model", "number", "*"],
    input: () => key().extend(copyVersion().shape),
    result: version,
    errors: ["invalid", "not_found", "conflict", "precondition"],
    codec: versionCodec,
    doc: {
      summary: "Copy a version to a model",
      text: "With its files, metadata, comment and tags, save what is given here. Its label, stage and aliases stay behind.",
      example: { to: 2 },
    },
  }),
  "versions.search": endpoint({
    method: "POST",
    path: "/versions/search",
    twin: "/versions",
    args: ["*"],
    input: () =>
      z.strictObject({
        ...searchFields(),
        project: z.string().optional(),
        models: z.array(modelId()).optional().meta({ description: "Where to look; everywhere when left out." }),
      }),
    result: () => pageOf(version()),
    errors: ["invalid", "not_found"],
    idempotent: true,
    codec: pageOfVersionsCodec,
    doc: { summary: "Search versions", example: { filter: "model = 'digits' and metadata.accuracy > 0.8" } },
  }),
  "versions.list": endpoint({
    method: "POST",
    path: "/versions/list",
    args: ["keys"],
    input: () => z.strictObject({ keys: z.array(key()) }),
    result: () => z.array(version()),
    errors: ["invalid", "too_large"],
    idempotent: true,
    codec: versionsCodec,
    doc: {
      summary: "Get several versions at once",
      text: "Those that there are.",
      example: { keys: [{ model: 1, number: 1 }] },
    },
  }),
  "versions.resolve": endpoint({
    method: "GET",
    path: "/versions/resolve",
    args: ["ref", "project"],
    input: () =>
      z.strictObject({
        ref: z.string().meta({ description: "`model:3`, `model:alias`, `model:label`, or `model` for its latest." }),
        project: z.string().optional(),
      }),
    result: version,
    errors: ["invalid", "not_found"],
    codec: versionCodec,
    doc: {
      summary: "Get a version by `model:ref`",
      text: "Digits are a number, else a label; anything else is an alias (`latest` too), else a label.",
      example: { ref: "digits:latest" },
    },
  }),
  "versions.find": endpoint({
    method: "GET",
    path: "/models/{model}/versions/by-ref",
    args: ["model", "ref"],
    input: () =>
      model().extend({ ref: z.string().meta({ description: "A number, an alias (`latest` too) or a label." }) }),
    result: version,
    errors: ["invalid", "not_found"],
    absent: true,
    codec: versionCodec,
    doc: { summary: "Find a model's version by number, alias or label", example: { ref: "latest" } },
  }),
  "versions.get": endpoint({
    method: "GET",
    path: "/models/{model}/versions/{number}",
    args: ["model", "number"],
    input: key,
    result: version,
    errors: ["invalid", "not_found"],
    codec: versionCodec,
    doc: { summary: "Get a version", example: { number: 1 } },
  }),
  "versions.update": endpoint({
    method: "PATCH",
    path: "/models/{model}/versions/{number}",
    args: ["model", "number", "*"],
    input: () => key().extend(updateVersion().shape),
    result: version,
    errors: ["invalid", "not_found", "conflict", "precondition"],
    codec: versionCodec,
    doc: {
      summary: "Change comment, stage or tags; of a draft also label and metadata",
      example: { number: 1, comment: "better" },
    },
  }),
  "versions.seal": endpoint({
    method: "POST",
    path: "/models/{model}/versions/{number}/seal",
    args: ["model", "number"],
    input: key,
    result: version,
    errors: ["invalid", "not_found", "precondition"],
    idempotent: true,
    codec: versionCodec,
    doc: { summary: "Seal a draft", text: "Its files, metadata and label never change from now on.", example: {} },
  }),
  "versions.delete": endpoint({
    method: "DELETE",
    path: "/models/{model}/versions/{number}",
    args: ["model", "number"],
    input: key,
    result: null,
    errors: ["invalid", "not_found", "precondition"],
    doc: {
      summary: "Delete a version for good",
      text: "Its files and the aliases that point at it go; its number does not come back.",
    },
  }),
} as const;

export const versionFileEndpoints = {
  "versionFiles.list": endpoint({
    method: "GET",
    path: "/models/{model}/versions/{number}/files",
    args: ["model", "number", "folder", "*"],
    input: () => key().extend(listFields()),
    result: () => pageOf(artifactEntry()),
    errors: ["invalid", "not_found"],
    doc: {
      summary: "List the files and folders of a version",
      text: "Direct children of one folder.",
      example: { number: 1 },
    },
  }),
  "versionFiles.manifest": endpoint({
    method: "GET",
    path: "/models/{model}/versions/{number}/manifest",
    args: ["model", "number", "*"],
    input: () => key().extend({ limit: listFields().limit, cursor: listFields().cursor }),
    result: () => pageOf(artifact()),
    errors: ["invalid", "not_found"],
    doc: {
      summary: "List all files of a version with their digests",
      text: "Below all folders, by path.",
      example: { number: 1 },
    },
  }),
  "versionFiles.find": endpoint({
    method: "GET",
    path: "/models/{model}/versions/{number}/files/{path}",
    args: ["model", "number", "path"],
    input: () => file().extend(shown()),
    result: () => z.unknown(),
    errors: ["invalid", "not_found"],
    absent: true,
    bytes: "response",
    doc: {
      summary: "Download a file of a version",
      text: "Streamed. Knows Range, If-Range, If-None-Match and HEAD; the ETag is the SHA-256 of the bytes.",
      example: { number: 1, path: "model.bin" },
    },
  }),
  "versionFiles.write": endpoint({
    method: "PUT",
    path: "/models/{model}/versions/{number}/files/{path}",
    args: ["model", "number", "path", "bytes", "*"],
    input: () => file().extend(descriptor()),
    result: artifact,
    errors: ["invalid", "not_found", "conflict", "precondition", "storage_full"],
    bytes: "request",
    doc: {
      summary: "Upload a file of a draft",
      text: "The body is the file, streamed; Content-Type is kept.",
      example: { number: 1, path: "model.bin" },
    },
  }),
  "versionFiles.link": endpoint({
    method: "POST",
    path: "/models/{model}/versions/{number}/links",
    args: ["model", "number", "path", "digest", "*"],
    input: () =>
      file().extend({ digest: z.string().meta({ description: "SHA-256 as 64 hex digits." }), ...artifactOptions() }),
    result: artifact,
    errors: ["invalid", "not_found", "conflict", "precondition"],
    absent: true,
    idempotent: true,
    doc: {
      summary: "Name bytes that the server already has as a file of a draft",
      text: "404 with `details.absent` when it lacks them: upload them then.",
      example: {
        number: 1,
        path: "model.bin",
        digest: "9c56cc51b374c3ba189210d5b6d4bf57790d351c96c47c02190ecf1e430635ab",
      },
    },
  }),
  "versionFiles.delete": endpoint({
    method: "DELETE",
    path: "/models/{model}/versions/{number}/files/{path}",
    args: ["model", "number", "path"],
    input: file,
    result: () => z.int().meta({ description: "How many files went." }),
    errors: ["invalid", "not_found", "precondition"],
    doc: { summary: "Delete a file of a draft, or a folder with all below it" },
  }),
} as const;
