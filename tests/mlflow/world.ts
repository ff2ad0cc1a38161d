import { randomBytes, randomInt } from "node:crypto";
import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";
import { createServices, type Services } from "@cairn/core";
import { createServer, mlflowWire, type ServerOptions } from "@cairn/server";
import { answerForms } from "@cairn/server/forms";
import { casTree, memoryBlobs, memoryStore } from "@cairn/stores";

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
  readonly bytes: Buffer;
  /** The body as JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of many shapes.
  json(): any;
}

export interface World {
  readonly services: Services;
  /** What the operator was told. */
  readonly lines: readonly string[];
  /** Below `/api/2.0/mlflow`, unless the path begins with `//`, which is then the whole path. */
  get(
    path: string,
    query?: Readonly<Record<string, string | readonly string[]>>,
    headers?: Record<string, string>,
  ): Promise<Answer>;
  post(path: string, body?: unknown): Promise<Answer>;
  /** Over a socket, with the path exactly as given: neither `inject` nor `fetch` leave `%2e%2e` alone. */
  sendRaw(method: string, path: string, body?: string): Promise<Answer>;
  send(
    method: "GET" | "PUT" | "POST" | "DELETE" | "HEAD" | "PATCH",
    url: string,
    options?: SendOptions,
  ): Promise<Answer>;
  /** A new run's id. */
  newRun(body?: object): Promise<string>;
  newExperiment(name: string, body?: object): Promise<string>;
  [Symbol.asyncDispose](): Promise<void>;
}

interface SendOptions {
  readonly body?: string | Buffer;
  readonly headers?: Record<string, string>;
}

/** The wire over core and the memory store, in this process and without a socket. */
export async function openWorld(
  options: {
    readonly defaultArtifactRoot?: string;
    readonly versionSourcePattern?: RegExp;
    readonly server?: ServerOptions;
  } = {},
): Promise<World> {
  const clock = { now: () => Date.now() };
  const ids = { hex: () => randomBytes(16).toString("hex"), below: (limit: number) => randomInt(limit) };
  const records = memoryStore({ forms: answerForms });
  const blobs = memoryBlobs({ clock });
  const source = createServices({ records, blobs, artifacts: casTree({ records, blobs }), clock, ids });
  await source.init();
  const lines: string[] = [];
  const app = createServer({
    services: source,
    events: records.events,
    version: "0.0.0",
    wires: [mlflowWire(options)],
    options: { ...options.server, log: (level, line) => void (level === "error" && lines.push(line)) },
  });
  await app.ready();

  const send: World["send"] = async (method, url, { body, headers = {} } = {}) => {
    const response = await app.inject({ method, url, headers, ...(body === undefined ? {} : { payload: body }) });
    return {
      status: response.statusCode,
      headers: response.headers as Record<string, string>,
      text: response.body,
      bytes: response.rawPayload,
      json: () => response.json(),
    };
  };
  const whole = (path: string) => (path.startsWith("//") ? path.slice(1) : `/api/2.0/mlflow${path}`);
  const post: World["post"] = (path, body = {}) =>
    send("POST", whole(path), {
      body: typeof body === "string" ? body : JSON.stringify(body),
      headers: { "content-type": "application/json" },
    });
  const world: World = {
    services: source.as({ name: "" }),
    lines,
    send,
    sendRaw: async (method, path, body = "") => {
      if (!app.server.listening) await app.listen({ host: "127.0.0.1", port: 0 });
      return requestRaw((app.server.address() as AddressInfo).port, method, path, body);
    },
    post,
    get: (path, query = {}, headers = {}) => {
      const pairs = Object.entries(query).flatMap(([key, value]) =>
        (typeof value === "string" ? [value] : value).map((each) => [key, each] as [string, string]),
      );
      const search = new URLSearchParams(pairs).toString();
      return send("GET", whole(path) + (search === "" ? "" : `?${search}`), { headers });
    },
    newRun: async (body = {}) => (await post("/runs/create", body)).json().run.info.run_id as string,
    newExperiment: async (name, body = {}) =>
      (await post("/experiments/create", { name, ...body })).json().experiment_id as string,
    [Symbol.asyncDispose]: async () => {
      await app.close();
      await records.close();
    },
  };
  return world;
}

async function requestRaw(port: number, method: string, path: string, body: string): Promise<Answer> {
  const outgoing = request({ host: "127.0.0.1", port, method, path, agent: false });
  outgoing.end(method === "PUT" ? body : undefined);
  const [response] = (await once(outgoing, "response")) as [IncomingMessage];
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part as Buffer);
  const bytes = Buffer.concat(parts);
  const text = bytes.toString();
  const headers = response.headers as Record<string, string>;
  return { status: response.statusCode ?? 0, headers, text, bytes, json: () => JSON.parse(text) };
}

/** What `refusalOf` gives for a path that must not be: MLflow's two words, then which path it was and why. */
export const INVALID_PATH = /^INVALID_PARAMETER_VALUE: Invalid path '.*': .+\. Give a relative path/s;

/** `CODE: message` of a refusal, with the status that must go with the code. */
export function refusalOf(answer: Answer): string {
  const { error_code, message } = answer.json() as { error_code: string; message: string };
  const status = statuses[error_code];
  if (status !== answer.status) throw new Error(`${error_code} came with ${answer.status}: ${answer.text}`);
  return `${error_code}: ${message}`;
}

const statuses: Readonly<Record<string, number>> = {
  BAD_REQUEST: 400,
  INVALID_PARAMETER_VALUE: 400,
  RESOURCE_ALREADY_EXISTS: 400,
  INVALID_STATE: 400,
  RESOURCE_DOES_NOT_EXIST: 404,
  NOT_IMPLEMENTED: 501,
  INTERNAL_ERROR: 500,
};
