import { z } from "zod";
import { artifact, artifactOptions, artifactPath, uploadState } from "./artifact-shapes.ts";
import { checkpointId } from "./checkpoint-shapes.ts";
import { runId } from "./common.ts";
import { endpoint } from "./endpoint.ts";

const id = z.strictObject({ id: z.string().meta({ description: "Id of an upload." }) });

/** Where a part begins: a header on the wire, so that the body is nothing but bytes. */
export const OFFSET_HEADER = "Upload-Offset";

export const uploadEndpoints = {
  "uploads.open": endpoint({
    method: "POST",
    path: "/uploads",
    args: ["size"],
    input: z.strictObject({ size: z.int().min(0).optional().meta({ description: "The whole size, if it is known." }) }),
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
  "uploads.finish": endpoint({
    method: "POST",
    path: "/uploads/{id}/finish",
    args: ["id", "*"],
    input: id.extend({
      run: runId.optional(),
      checkpoint: checkpointId.optional(),
      path: artifactPath,
      digest: z.string().optional().meta({ description: "SHA-256 that the bytes must have." }),
      ...artifactOptions,
    }),
    result: artifact,
    errors: ["invalid", "not_found", "conflict", "precondition"],
    doc: {
      summary: "Make the uploaded bytes a file",
      text: "Of the run or checkpoint that is named; a loose one when neither is.",
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
