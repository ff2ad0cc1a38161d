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
import { pageOf, runId } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { once } from "./once.ts";

const run = once(() => z.strictObject({ run: runId() }));
const file = once(() => run().extend({ path: artifactPath() }));

export const artifactEndpoints = {
  "artifacts.list": endpoint({
    method: "GET",
    path: "/runs/{run}/artifacts",
    args: ["run", "folder", "*"],
    input: () => run().extend(listFields()),
    result: () => pageOf(artifactEntry()),
    errors: ["invalid", "not_found"],
    doc: { summary: "List the files and folders of a run", text: "Direct children of one folder.", example: {} },
  }),
  "artifacts.revisions": endpoint({
    method: "GET",
    path: "/runs/{run}/revisions",
    args: ["run", "path"],
    input: file,
    result: () => z.array(artifact()),
    errors: ["invalid", "not_found"],
    doc: { summary: "List the revisions of a file", example: { path: "notes.txt" } },
  }),
  "artifacts.find": endpoint({
    method: "GET",
    path: "/runs/{run}/artifacts/{path}",
    args: ["run", "path", "revision"],
    input: () =>
      file().extend({ revision: z.int().optional().meta({ description: "The newest when left out." }), ...shown() }),
    result: () => z.unknown(),
    errors: ["invalid", "not_found"],
    absent: true,
    bytes: "response",
    doc: {
      summary: "Download a file",
      text: "Streamed. Knows Range, If-Range, If-None-Match and HEAD; the ETag is the SHA-256 of the bytes.",
      example: { path: "notes.txt" },
    },
  }),
  "artifacts.write": endpoint({
    method: "PUT",
    path: "/runs/{run}/artifacts/{path}",
    args: ["run", "path", "bytes", "*"],
    input: () => file().extend(descriptor()),
    result: artifact,
    errors: ["invalid", "not_found", "conflict", "precondition", "storage_full"],
    bytes: "request",
    doc: {
      summary: "Upload a file",
      text: "The body is the file, streamed; Content-Type is kept. Other bytes under the same path make a revision, the old one stays.",
      example: { path: "notes.txt" },
    },
  }),
  "artifacts.link": endpoint({
    method: "POST",
    path: "/runs/{run}/links",
    args: ["run", "path", "digest", "*"],
    input: () =>
      file().extend({ digest: z.string().meta({ description: "SHA-256 as 64 hex digits." }), ...artifactOptions() }),
    result: artifact,
    errors: ["invalid", "not_found", "conflict", "precondition"],
    absent: true,
    idempotent: true,
    doc: {
      summary: "Name bytes that the server already has",
      text: "404 with `details.absent` when it lacks them: upload them then.",
      example: { path: "notes.txt", digest: "9c56cc51b374c3ba189210d5b6d4bf57790d351c96c47c02190ecf1e430635ab" },
    },
  }),
  "artifacts.delete": endpoint({
    method: "DELETE",
    path: "/runs/{run}/artifacts/{path}",
    args: ["run", "path"],
    input: file,
    result: () => z.int().meta({ description: "How many files went." }),
    errors: ["invalid", "not_found", "precondition"],
    doc: { summary: "Delete a file, or a folder with all below it" },
  }),
} as const;

const loose = once(() => z.strictObject({ path: artifactPath() }));

export const fileEndpoints = {
  "files.list": endpoint({
    method: "GET",
    path: "/files",
    args: ["folder", "*"],
    input: () => z.strictObject(listFields()),
    result: () => pageOf(artifactEntry()),
    errors: ["invalid"],
    doc: { summary: "List loose files: those that no run owns", example: {} },
  }),
  "files.find": endpoint({
    method: "GET",
    path: "/files/{path}",
    args: ["path"],
    input: () => loose().extend(shown()),
    result: () => z.unknown(),
    errors: ["invalid", "not_found"],
    absent: true,
    bytes: "response",
    doc: { summary: "Download a loose file", example: { path: "readme.txt" } },
  }),
  "files.write": endpoint({
    method: "PUT",
    path: "/files/{path}",
    args: ["path", "bytes", "*"],
    input: () => loose().extend(descriptor()),
    result: artifact,
    errors: ["invalid", "conflict", "storage_full"],
    bytes: "request",
    doc: { summary: "Upload a loose file", example: { path: "readme.txt" } },
  }),
  "files.delete": endpoint({
    method: "DELETE",
    path: "/files/{path}",
    args: ["path"],
    input: loose,
    result: () => z.int().meta({ description: "How many files went." }),
    errors: ["invalid"],
    doc: { summary: "Delete a loose file or folder" },
  }),
} as const;
