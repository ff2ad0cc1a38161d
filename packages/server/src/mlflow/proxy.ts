import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { bytesOf } from "../bytes-of.ts";
import { readArtifactPath, readFolderPath } from "./artifact-path.ts";
import { encodeEntry } from "./artifacts.ts";
import { sendFile } from "./download.ts";
import { WireError } from "./errors.ts";
import { mountMultipart } from "./multipart.ts";
import * as messages from "./proto/messages.ts";
import { type Call, pathOf, readMessage } from "./route.ts";
import { findTree, type Tree } from "./trees.ts";

type Answer = (call: Call) => Promise<unknown>;

/**
 * The artifact proxy: paths of no meaning to its clients, streamed both ways. Mounted in a scope of its own, whose
 * bodies stay streams.
 * @param base such as `/api/2.0/mlflow-artifacts`.
 */
export function mountProxy(
  scope: FastifyInstance,
  base: string,
  answer: (run: Answer) => (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>,
): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser("*", (_, payload, done) => done(null, payload));

  scope.get(`${base}/artifacts`, answer(list));
  scope.get(`${base}/artifacts/`, answer(list));
  // Said in full: a HEAD that the framework derives has the length of an empty body.
  scope.route({ method: ["GET", "HEAD"], url: `${base}/artifacts/*`, handler: answer(download) });
  scope.put(`${base}/artifacts/*`, answer(upload));
  scope.delete(`${base}/artifacts/*`, answer(remove));
  mountMultipart(scope, base, answer);
}

const list: Answer = async ({ services, locations, request }) => {
  const tree = await findTree(services, locations, readFolderPath(readMessage(request, messages.listProxied).path));
  const files = (await tree.list()).map((entry) => encodeEntry(entry, baseName(entry.path)));
  return files.length === 0 ? {} : { files };
};

const download: Answer = async (call) => {
  const { services, locations, request } = call;
  const path = readArtifactPath(pathOf(request));
  const tree = await findTree(services, locations, path);
  return sendFile(call, await tree.find(), path);
};

const upload: Answer = async ({ services, locations, request }) => {
  const tree = await findTree(services, locations, readArtifactPath(pathOf(request)));
  checkHasName(tree);
  await tree.write(bytesOf(request));
  return {};
};

const remove: Answer = async ({ services, locations, request }) => {
  await (await findTree(services, locations, readArtifactPath(pathOf(request)))).remove();
  return {};
};

function checkHasName({ path }: Tree): void {
  if (path === "") throw new WireError("INVALID_PARAMETER_VALUE", "Invalid path");
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
