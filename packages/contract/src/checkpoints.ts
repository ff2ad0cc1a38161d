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
import { checkpointCodec, pageOfCheckpointsCodec } from "./checkpoint-json.ts";
import { checkpoint, checkpointId, createCheckpoint, updateCheckpoint } from "./checkpoint-shapes.ts";
import { experimentId, pageOf, searchFields } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { once } from "./once.ts";

const id = once(() => z.strictObject({ id: checkpointId() }));
const owner = once(() => z.strictObject({ checkpoint: checkpointId() }));
const file = once(() => owner().extend({ path: artifactPath() }));

export const checkpointEndpoints = {
  "checkpoints.create": endpoint({
    method: "POST",
    path: "/checkpoints",
    args: ["*"],
    input: createCheckpoint,
    result: checkpoint,
    errors: ["invalid", "not_found", "precondition"],
    codec: checkpointCodec,
    doc: {
      summary: "Create a checkpoint: a model that a run leaves",
      text: "Write its files, then set its state to `ready`.",
      example: { experiment: 0, name: "digits", type: "mlp", parameters: [{ key: "depth", value: 3 }] },
    },
  }),
  "checkpoints.search": endpoint({
    method: "POST",
    path: "/checkpoints/search",
    twin: "/checkpoints",
    args: ["*"],
    input: () =>
      z.strictObject({
        ...searchFields(),
        experiments: z.array(experimentId()).optional().meta({ description: "All when left out." }),
      }),
    result: () => pageOf(checkpoint()),
    errors: ["invalid"],
    idempotent: true,
    codec: pageOfCheckpointsCodec,
    doc: {
      summary: "Search checkpoints",
      text: "`metrics.KEY` is the newest point, with `.min` and `.max` over all; `points.KEY` asks whether any point fulfils the comparison.",
      example: { experiments: [0], filter: "state = 'ready' and metrics.acc > 0.9", order: "metrics.acc desc" },
    },
  }),
  "checkpoints.get": endpoint({
    method: "GET",
    path: "/checkpoints/{id}",
    args: ["id"],
    input: id,
    result: checkpoint,
    errors: ["invalid", "not_found"],
    codec: checkpointCodec,
    doc: { summary: "Get a checkpoint", text: "With parameters, tags and what was measured of it.", example: {} },
  }),
  "checkpoints.update": endpoint({
    method: "PATCH",
    path: "/checkpoints/{id}",
    args: ["id", "*"],
    input: () => id().extend(updateCheckpoint().shape),
    result: checkpoint,
    errors: ["invalid", "not_found", "conflict", "precondition"],
    idempotent: true,
    codec: checkpointCodec,
    doc: { summary: "Change a checkpoint: state, name, tags, more parameters", example: { state: "ready" } },
  }),
  "checkpoints.delete": endpoint({
    method: "DELETE",
    path: "/checkpoints/{id}",
    args: ["id"],
    input: id,
    result: null,
    errors: ["invalid", "not_found"],
    doc: { summary: "Delete a checkpoint softly", text: "Searches pass it over until it is restored." },
  }),
  "checkpoints.restore": endpoint({
    method: "POST",
    path: "/checkpoints/{id}/restore",
    args: ["id"],
    input: id,
    result: checkpoint,
    errors: ["invalid", "not_found", "precondition"],
    codec: checkpointCodec,
    doc: { summary: "Restore a deleted checkpoint" },
  }),
  "checkpoints.purge": endpoint({
    method: "POST",
    path: "/checkpoints/{id}/purge",
    args: ["id"],
    input: id,
    result: null,
    errors: ["invalid", "not_found", "precondition"],
    doc: {
      summary: "Delete a checkpoint for good",
      text: "It must be deleted first. Its files go, and their bytes are freed.",
    },
  }),
  "checkpointFiles.list": endpoint({
    method: "GET",
    path: "/checkpoints/{checkpoint}/artifacts",
    args: ["checkpoint", "folder", "*"],
    input: () => owner().extend(listFields()),
    result: () => pageOf(artifactEntry()),
    errors: ["invalid", "not_found"],
    doc: {
      summary: "List the files and folders of a checkpoint",
      text: "Direct children of one folder.",
      example: {},
    },
  }),
  "checkpointFiles.find": endpoint({
    method: "GET",
    path: "/checkpoints/{checkpoint}/artifacts/{path}",
    args: ["checkpoint", "path"],
    input: () => file().extend(shown()),
    result: () => z.unknown(),
    errors: ["invalid", "not_found"],
    absent: true,
    bytes: "response",
    doc: { summary: "Download a file of a checkpoint", example: { path: "model.bin" } },
  }),
  "checkpointFiles.write": endpoint({
    method: "PUT",
    path: "/checkpoints/{checkpoint}/artifacts/{path}",
    args: ["checkpoint", "path", "bytes", "*"],
    input: () => file().extend(descriptor()),
    result: artifact,
    errors: ["invalid", "not_found", "conflict", "precondition", "storage_full"],
    bytes: "request",
    doc: {
      summary: "Upload a file of a checkpoint",
      text: "The body is the file, streamed.",
      example: { path: "model.bin" },
    },
  }),
  "checkpointFiles.link": endpoint({
    method: "POST",
    path: "/checkpoints/{checkpoint}/links",
    args: ["checkpoint", "path", "digest", "*"],
    input: () =>
      file().extend({ digest: z.string().meta({ description: "SHA-256 as 64 hex digits." }), ...artifactOptions() }),
    result: artifact,
    errors: ["invalid", "not_found", "conflict", "precondition"],
    absent: true,
    idempotent: true,
    doc: {
      summary: "Name bytes that the server already has as a checkpoint's file",
      text: "404 with `details.absent` when it lacks them: upload them then.",
      example: { path: "model.bin", digest: "9c56cc51b374c3ba189210d5b6d4bf57790d351c96c47c02190ecf1e430635ab" },
    },
  }),
  "checkpointFiles.delete": endpoint({
    method: "DELETE",
    path: "/checkpoints/{checkpoint}/artifacts/{path}",
    args: ["checkpoint", "path"],
    input: file,
    result: () => z.int().meta({ description: "How many files went." }),
    errors: ["invalid", "not_found", "precondition"],
    doc: { summary: "Delete a file of a checkpoint, or a folder with all below it" },
  }),
} as const;
