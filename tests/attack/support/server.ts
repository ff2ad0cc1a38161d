import assert from "node:assert/strict";
import { after, before } from "node:test";
import { type Answer, postJson, raw } from "../../services/support/raw.ts";
import { type CairnProcess, startCairn } from "../../support/cairn-process.ts";

export const api = "/api/v1";
export const foreign = "/api/2.0/mlflow";
export const proxy = "/api/2.0/mlflow-artifacts/artifacts";

/** A real server on a folder of its own, for one file of tests. */
export interface Target {
  readonly cairn: CairnProcess;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  post(path: string, body: unknown): Promise<Answer>;
  patch(path: string, body: unknown): Promise<Answer>;
  put(path: string, body: string | Uint8Array, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  remove(path: string): Promise<Answer>;
  /** A new run; its id. */
  run(input?: object): Promise<string>;
  /** A new upload with these bytes; its id. */
  upload(bytes: string): Promise<string>;
}

/** Starts a server before the file's tests. After them it must still be up, and must not have met a defect of its own. */
export function attackServer(
  args: readonly string[] = [],
  prepare: (target: Target) => Promise<unknown> = async () => {},
): Target {
  let cairn: CairnProcess | undefined;
  const running = (): CairnProcess => {
    assert.ok(cairn !== undefined, "the server has not started");
    return cairn;
  };
  const ask = (path: string, options: Parameters<typeof raw>[2]) => raw(running().url, path, options);
  const json = { "content-type": "application/json" };
  const target: Target = {
    get cairn() {
      return running();
    },
    get: (path, headers = {}) => ask(path, { headers }),
    post: (path, body) => postJson(running().url, path, body),
    patch: (path, body) => ask(path, { method: "PATCH", headers: json, body: JSON.stringify(body) }),
    put: (path, body, headers = {}) => ask(path, { method: "PUT", headers, body }),
    remove: (path) => ask(path, { method: "DELETE" }),
    run: async (input = {}) => {
      const { json: made, text } = await target.post(`${api}/runs`, input);
      assert.equal(typeof made?.id, "string", text);
      return made.id;
    },
    upload: async (bytes) => {
      const { id } = (await target.post(`${api}/uploads`, {})).json;
      await ask(`${api}/uploads/${id}`, { method: "PATCH", headers: { "upload-offset": "0" }, body: bytes });
      return id;
    },
  };
  before(async () => {
    cairn = await startCairn({ args });
    await prepare(target);
  });
  after(async () => {
    if (cairn === undefined) return;
    await using _ = cairn;
    assert.equal((await raw(cairn.url, `${api}/projects`)).status, 200, cairn.output());
    assert.doesNotMatch(cairn.output(), / → 500 |heap/i);
  });
  return target;
}

/** `{"200": 1, "409": 49}`: how many answers had which status. */
export function tally(answers: readonly Answer[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

export function times<T>(count: number, act: (index: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => act(index)));
}

/** The answer is a refusal of this status, in words, that names what is asked for. */
export function refused(answer: Answer, status: number, message: RegExp): void {
  assert.equal(answer.status, status, answer.text.slice(0, 500));
  assert.match(answer.json.message, message);
  assert.ok(answer.text.length < 5000, `a refusal of ${answer.text.length} characters`);
}
