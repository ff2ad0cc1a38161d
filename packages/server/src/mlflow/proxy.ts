import type { FastifyInstance, HTTPMethods } from "fastify";
import { bytesOf } from "../bytes-of.ts";
import { type Handler, mountTable } from "../mount-table.ts";
import { createRouteTable } from "../route-table.ts";
import { invalidPath, readArtifactPath, readFolderPath } from "./artifact-path.ts";
import { encodeEntry } from "./artifacts.ts";
import { sendFile } from "./download.ts";
import { addMultipart } from "./multipart.ts";
import * as messages from "./proto/messages.ts";
import { type Call, pathOf, readMessage } from "./route.ts";
import { findTree, type Tree } from "./trees.ts";

type Answer = (call: Call) => Promise<unknown>;

const METHODS: readonly HTTPMethods[] = ["GET", "HEAD", "POST", "PUT", "DELETE"];

/**
 * The artifact proxy: paths of no meaning to its clients, streamed both ways. Mounted in a scope of its own, whose
 * bodies stay streams.
 * @param base such as `/api/2.0/mlflow-artifacts`.
 */
export function mountProxy(
  scope: FastifyInstance,
  base: string,
  { answer, unknown }: { answer: (run: Answer) => Handler; unknown: Handler },
): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser("*", (_, payload, done) => done(null, payload));

  const table = createRouteTable<Handler>();
  table.add("GET", "/artifacts", answer(list));
  table.add("GET", "/artifacts/", answer(list));
  table.add("GET", "/artifacts/*", answer(download));
  table.add("PUT", "/artifacts/*", answer(upload));
  table.add("DELETE", "/artifacts/*", answer(remove));
  addMultipart(table, base, answer);
  mountTable(scope, base, table, { methods: METHODS, unknown });
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
  const path = readArtifactPath(pathOf(request));
  const tree = await findTree(services, locations, path);
  checkHasName(tree, path);
  await tree.write(bytesOf(request));
  return {};
};

const remove: Answer = async ({ services, locations, request }) => {
  await (await findTree(services, locations, readArtifactPath(pathOf(request)))).remove();
  return {};
};

function checkHasName({ path }: Tree, asked: string): void {
  if (path === "") throw invalidPath(asked, "it names a folder, where a file is asked for");
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
