import type { UploadPart, UploadPartInput } from "@cairn/core";
import * as z from "zod";
import { artifact, artifactOptions, artifactPath, uploadState } from "./artifact-shapes.ts";
import { checkpointId } from "./checkpoint-shapes.ts";
import { runId } from "./common.ts";
import { endpoint, shapeOf } from "./endpoint.ts";
import { modelId, versionNumber } from "./models.ts";
import { once } from "./once.ts";

const id = once(() => z.strictObject({ id: z.string().meta({ description: "Id of an upload." }) }));

const part = once(() => z.int().meta({ description: "1 … 10 000." }));
const uploadPart = once(() =>
  shapeOf<UploadPart>()({ part: z.int(), size: z.int() }).meta({
    id: "UploadPart",
    description: "A part as it was kept.",
  }),
);

export const uploadEndpoints = {
  "uploads.open": endpoint({
    method: "POST",
    path: "/uploads",
    args: ["size"],
    input: () =>
      z.strictObject({ size: z.int().min(0).optional().meta({ description: "The whole size, if it is known." }) }),
    result: uploadState,
    errors: ["invalid", "storage_full"],
    doc: {
      summary: "Open an upload in parts",
      text: "Send the parts in order with PATCH, then finish. It goes on after a break of the connection, the client or the server.",
      example: { size: 5 },
    },
  }),
  "uploads.get": endpoint({
    method: "GET",
    path: "/uploads/{id}",
    args: ["id"],
    input: id,
    result: uploadState,
    errors: ["not_found"],
    doc: {
      summary: "Ask how far an upload is",
      text: "HEAD answers the same in the header Upload-Offset.",
      example: {},
    },
  }),
  "uploads.continue": endpoint({
    method: "PATCH",
    path: "/uploads/{id}",
    args: ["id", "offset", "bytes"],
    input: id,
    result: uploadState,
    errors: ["invalid", "not_found", "conflict", "storage_full"],
    bytes: "request",
    doc: {
      summary: "Send the next part",
      text: "The header Upload-Offset says where the bytes begin: at `received`, else `conflict` with `details.received`.",
      example: {},
    },
  }),
  "uploads.writePart": endpoint({
    method: "PUT",
    path: "/uploads/{id}/parts/{part}",
    args: ["id", "part", "bytes"],
    input: () => id().extend({ part: part() }),
    result: uploadPart,
    errors: ["invalid", "not_found", "conflict", "storage_full"],
    bytes: "request",
    doc: {
      summary: "Send a part by its number",
      text: "For parts that go side by side. The body is its bytes. A part that is sent again takes the place of the first.",
      example: { part: 1 },
    },
  }),
  "uploads.join": endpoint({
    method: "POST",
    path: "/uploads/{id}/join",
    args: ["id", "parts"],
    input: () =>
      id().extend({
        parts: z.array(
          shapeOf<UploadPartInput>()({
            part: part(),
            size: z.int().optional().meta({ description: "Bytes that it must have." }),
          }).meta({ id: "UploadPartInput" }),
        ),
      }),
    result: uploadState,
    errors: ["invalid", "not_found", "precondition", "storage_full"],
    doc: {
      summary: "Put numbered parts behind each other",
      text: "They become what the upload has received, in the order given. Finish it then.",
      example: { parts: [{ part: 1 }, { part: 2 }] },
    },
  }),
  "uploads.finish": endpoint({
    method: "POST",
    path: "/uploads/{id}/finish",
    args: ["id", "*"],
    input: () =>
      id().extend({
        run: runId().optional(),
        checkpoint: checkpointId().optional(),
        model: modelId().optional(),
        number: versionNumber().optional(),
        path: artifactPath(),
        digest: z.string().optional().meta({ description: "SHA-256 that the bytes must have." }),
        ...artifactOptions(),
      }),
    result: artifact,
    errors: ["invalid", "not_found", "conflict", "precondition"],
    doc: {
      summary: "Make the uploaded bytes a file",
      text: "Of the run or checkpoint that is named, or of a draft (version `number` of a `model`); a loose one when none is.",
      example: { run: "RUN", path: "model.bin" },
    },
  }),
  "uploads.abort": endpoint({
    method: "DELETE",
    path: "/uploads/{id}",
    args: ["id"],
    input: id,
    result: null,
    errors: ["not_found"],
    idempotent: true,
    doc: { summary: "Give an upload up" },
  }),
} as const;
