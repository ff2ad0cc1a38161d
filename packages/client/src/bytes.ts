import { type Call, calls, isNotHere, OFFSET_HEADER } from "@cairn/contract";
import type { Artifact, ArtifactContent, ArtifactOptions, Services, UploadPart, UploadState } from "@cairn/core";
import { TrackerError } from "@cairn/core";
import { type CallKey, pathOf } from "./call.ts";
import { type Ask, type Transport, unreachable } from "./transport.ts";

type Bytes = AsyncIterable<Uint8Array>;
type Fields = Record<string, unknown>;

/** The calls whose bodies are bytes: streamed both ways. */
export function byteMethods(transport: Transport): Partial<Record<CallKey, unknown>> {
  const artifacts: Pick<Services["artifacts"], "find" | "write"> = {
    find: (run, path, revision) => find(transport, calls["artifacts.find"], { run, path, revision }),
    write: (run, path, bytes, options) => write(transport, calls["artifacts.write"], { run, path }, bytes, options),
  };
  const checkpointFiles: Pick<Services["checkpointFiles"], "find" | "write"> = {
    find: (checkpoint, path) => find(transport, calls["checkpointFiles.find"], { checkpoint, path }),
    write: (checkpoint, path, bytes, options) =>
      write(transport, calls["checkpointFiles.write"], { checkpoint, path }, bytes, options),
  };
  const files: Pick<Services["files"], "find" | "write"> = {
    find: (path) => find(transport, calls["files.find"], { path }),
    write: (path, bytes, options) => write(transport, calls["files.write"], { path }, bytes, options),
  };
  const versionFiles: Pick<Services["versionFiles"], "find" | "write"> = {
    find: (model, number, path) => find(transport, calls["versionFiles.find"], { model, number, path }),
    write: (model, number, path, bytes, options) =>
      write(transport, calls["versionFiles.write"], { model, number, path }, bytes, options),
  };
  const uploads: Pick<Services["uploads"], "continue" | "writePart"> = {
    writePart: async (id, part, bytes) => {
      const { path } = pathOf(calls["uploads.writePart"], { id, part });
      return sendBytes<UploadPart>(transport, { method: "PUT", path }, bytes);
    },
    continue: async (id, offset, bytes) => {
      const { path } = pathOf(calls["uploads.continue"], { id });
      const headers = { [OFFSET_HEADER]: String(offset) };
      return sendBytes<UploadState>(transport, { method: "PATCH", path, headers }, bytes);
    },
  };
  return {
    "artifacts.find": artifacts.find,
    "artifacts.write": artifacts.write,
    "checkpointFiles.find": checkpointFiles.find,
    "checkpointFiles.write": checkpointFiles.write,
    "files.find": files.find,
    "files.write": files.write,
    "versionFiles.find": versionFiles.find,
    "versionFiles.write": versionFiles.write,
    "uploads.continue": uploads.continue,
    "uploads.writePart": uploads.writePart,
  };
}

async function write(
  transport: Transport,
  call: Call,
  fields: Fields,
  bytes: Bytes,
  options: ArtifactOptions = {},
): Promise<Artifact> {
  const { path } = pathOf(call, fields);
  const { contentType, descriptor } = options;
  const headers = contentType == null ? {} : { "content-type": contentType };
  return sendBytes(transport, { method: call.method, path, query: { descriptor }, headers }, bytes);
}

async function find(transport: Transport, call: Call, fields: Fields): Promise<ArtifactContent | undefined> {
  const { path, rest } = pathOf(call, fields);
  let head: Response;
  try {
    head = await transport.send({ method: "HEAD", path, query: rest });
  } catch (error) {
    // An answer to HEAD has no body to say why; the same question by GET has, and it is refused just the same.
    if (!(error instanceof TrackerError) || error.code === "unavailable") throw error;
    try {
      const response = await transport.send({ method: "GET", path, query: rest });
      await response.body?.cancel();
      return find(transport, call, fields);
    } catch (reason) {
      if (isNotHere(reason)) return undefined;
      throw reason;
    }
  }
  const { headers } = head;
  const tag = (headers.get("etag") ?? "").replace(/^"|"$/g, "");
  return {
    path: String(fields["path"]).replace(/\/$/, ""),
    size: Number(headers.get("content-length")),
    tag,
    contentType: headers.has("cairn-content-type") ? headers.get("content-type") : null,
    modifiedAt: Number(headers.get("cairn-modified-at")),
    read: (range) => readBytes(transport, path, rest, tag, range),
  };
}

async function* readBytes(
  transport: Transport,
  path: string,
  query: Fields,
  tag: string,
  range?: { readonly start: number; readonly end: number },
): AsyncGenerator<Uint8Array> {
  if (range !== undefined && range.end <= range.start) return;
  const headers = range === undefined ? undefined : { range: `bytes=${range.start}-${range.end - 1}` };
  const response = await transport.send({ method: "GET", path, query, headers });
  if (response.headers.get("etag") !== `"${tag}"`) {
    await response.body?.cancel();
    throw new TrackerError(
      "precondition",
      `'${decodeURIComponent(path)}' has changed since it was found; find it again.`,
    );
  }
  try {
    // Leaving the loop early cancels the stream, which closes the connection.
    if (response.body !== null) yield* response.body;
  } catch (error) {
    throw unreachable(transport.url, error);
  }
}

/** Sends bytes as they come. Where reading them fails, that is what is thrown: to the transport it is but a broken line. */
async function sendBytes<T>(transport: Transport, ask: Ask, bytes: Bytes): Promise<T> {
  let failure: { readonly error: unknown } | undefined;
  const body = streamOf(bytes, (error) => {
    failure = { error };
  });
  try {
    return await transport.send({ ...ask, body }, (response) => response.json() as Promise<T>);
  } catch (error) {
    throw failure === undefined ? error : failure.error;
  }
}

/** Bytes as a stream that is pulled at the speed of the connection. */
function streamOf(bytes: Bytes, onFailure: (error: unknown) => void): ReadableStream<Uint8Array> {
  const iterator = bytes[Symbol.asyncIterator]();
  const next = () =>
    iterator.next().catch((error: unknown) => {
      onFailure(error);
      throw error;
    });
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        for (;;) {
          const { done, value } = await next();
          if (done) {
            controller.close();
            return;
          }
          if (value.byteLength === 0) continue;
          controller.enqueue(value);
          return;
        }
      },
      async cancel() {
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}
