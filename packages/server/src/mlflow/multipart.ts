import { isTrackerError, type UploadPartInput } from "@cairn/core";
import { bytesOf } from "../bytes-of.ts";
import type { Handler } from "../mount-table.ts";
import type { RouteTable } from "../route-table.ts";
import { invalidPath, readArtifactPath } from "./artifact-path.ts";
import { doesNotExist, invalidValue } from "./errors.ts";
import { checkContentType, parseBody } from "./proto/body.ts";
import { decodeMessage } from "./proto/decode.ts";
import type { Decoded, Shape } from "./proto/message.ts";
import * as messages from "./proto/messages.ts";
import { type Call, pathOf } from "./route.ts";
import { findTree } from "./trees.ts";

type Answer = (call: Call) => Promise<unknown>;

/** What the service whose clients these are takes at most. */
const MAX_PARTS = 10_000;
/** Of the messages: ten thousand parts with their URLs. */
const MAX_MESSAGE = 16 * 1024 * 1024;

/**
 * Files in parts, for clients that were told to send them so: the URLs that they are given for the parts are our own.
 * And downloads by a URL, which is the proxy's own too: it answers ranges.
 * @param base such as `/api/2.0/mlflow-artifacts`.
 */
export function addMultipart(table: RouteTable<Handler>, base: string, answer: (run: Answer) => Handler): void {
  const create: Answer = async (call) => {
    const { path, num_parts: count = 0 } = await readBody(call, messages.createMultipart);
    if (count < 1 || count > MAX_PARTS) {
      throw invalidValue(`Invalid value ${count} for parameter 'num_parts' supplied: 1 to ${MAX_PARTS} are taken.`);
    }
    readTarget(call, path);
    const { id } = await call.services.uploads.open();
    const url = `${call.baseUrl()}${base}/mpu/part/${id}`;
    const credentials = Array.from({ length: count }, (_, index) => ({
      url: `${url}/${index + 1}`,
      part_number: index + 1,
      headers: {},
    }));
    return { upload_id: id, credentials };
  };

  const part: Answer = async ({ services, request, reply }) => {
    const { upload = "", part: number = "" } = request.params as Record<string, string>;
    if (!/^\d{1,5}$/.test(number)) throw doesNotExist(`There is no part '${number.slice(0, 80)}' of an upload.`);
    const kept = await services.uploads.writePart(upload, Number(number), bytesOf(request));
    reply.header("etag", `"${kept.part}-${kept.size}"`);
    return {};
  };

  const complete: Answer = async (call) => {
    const { path, upload_id, parts } = await readBody(call, messages.completeMultipart);
    const target = readTarget(call, path);
    const tree = await findTree(call.services, call.locations, target);
    if (tree.path === "" || tree.owner === null) throw invalidPath(target, "no file can be written there");
    const ordered = parts.map(readPart).sort((a, b) => a.part - b.part);
    await call.services.uploads.join(upload_id, ordered);
    await call.services.uploads.finish(upload_id, { ...tree.owner, path: tree.path });
    return {};
  };

  /** One that is over is given up already. */
  const abort: Answer = async (call) => {
    const { path, upload_id } = await readBody(call, messages.abortMultipart);
    readTarget(call, path);
    try {
      await call.services.uploads.abort(upload_id);
    } catch (error) {
      if (!isTrackerError(error) || error.code !== "not_found") throw error;
    }
    return {};
  };

  const presigned: Answer = async ({ services, locations, request, baseUrl }) => {
    const path = readArtifactPath(pathOf(request));
    const content = await (await findTree(services, locations, path)).find();
    if (content === undefined) throw doesNotExist(`No such artifact: '${path}'`);
    const encoded = path.split("/").map(encodeURIComponent).join("/");
    return { url: `${baseUrl()}${base}/artifacts/${encoded}`, headers: {}, file_size: content.size };
  };

  for (const [step, run] of Object.entries({ create, complete, abort })) {
    table.add("POST", `/mpu/${step}`, answer(run));
    table.add("POST", `/mpu/${step}/*`, answer(run));
  }
  table.add("PUT", "/mpu/part/{upload}/{part}", answer(part));
  table.add("GET", "/presigned/*", answer(presigned));
}

/** The scope's bodies are streams: a message is gathered by hand. */
async function readBody<S extends Shape>({ request }: Call, shape: S): Promise<Decoded<S>> {
  checkContentType(request.headers["content-type"]);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bytesOf(request)) {
    size += chunk.length;
    if (size > MAX_MESSAGE) throw invalidValue(`The body is larger than ${MAX_MESSAGE} bytes.`);
    chunks.push(chunk);
  }
  return decodeMessage(shape, parseBody(Buffer.concat(chunks)));
}

/** The folder in the URL, and the name of the file on the client's disk, whatever system it runs. */
function readTarget({ request }: Call, file: string) {
  const { "*": folder = "" } = request.params as Record<string, string>;
  const name = file.split(/[/\\]/).at(-1) ?? "";
  return readArtifactPath(folder === "" ? name : `${folder.replace(/\/$/, "")}/${name}`);
}

/** The tag that a part was answered with tells its size. One of another server's making tells nothing. */
function readPart({
  part_number: part,
  etag = "",
}: {
  part_number: number;
  etag?: string | undefined;
}): UploadPartInput {
  const size = /^"?\d{1,5}-(\d{1,15})"?$/.exec(etag)?.[1];
  return size === undefined ? { part } : { part, size: Number(size) };
}
