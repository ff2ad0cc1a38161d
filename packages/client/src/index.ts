export { type Client, type ClientOptions, createClient } from "./client.ts";
export { type Choice, chooser } from "./facades/centre/patterns.ts";
export { type LogOptions, type Parameters, type RunHandle, type StartRun, startRun } from "./logger.ts";
export type { Problem } from "./outbox.ts";
export type { Fetch } from "./transport.ts";
export { type Bytes, type Source, sourceOf, uploadFile } from "./upload.ts";
export { archiveUrl, type FileOwner, fileUrl } from "./urls.ts";
