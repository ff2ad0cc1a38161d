// Calls that share one route of the framework must be found, and refused, as if each had its own.
import assert from "node:assert/strict";
import { it } from "node:test";
import { fastify, type HTTPMethods } from "fastify";
import { mountCalls } from "./calls.ts";
import type { Route } from "./route.ts";

const call = (method: Route["method"], path: string, more: Partial<Route> = {}): Route => {
  return { method, path: `/mlflow${path}`, handler: async () => `${method} ${path}`, ...more };
};

const app = fastify();
const routes = [
  call("GET", "/runs/get"),
  call("POST", "/runs/get"),
  call("POST", "/runs/large", { bodyLimit: 10 }),
  call("GET", "/things/search"),
  call("GET", "/things/{id}"),
  call("DELETE", "/things/{id}/tags/*"),
  call("POST", "/things/search"),
  call("GET", "/page", { isAjaxOnly: true }),
];
app.addContentTypeParser("*", { parseAs: "buffer" }, (_, body, done) => done(null, body));
mountCalls(app, routes, {
  bodyLimit: 100,
  unknown: async (_, reply) => reply.code(404).send("unknown"),
  answer: (handler) => async (_, reply) => reply.send(await handler({} as never)),
});

const cases: readonly [method: HTTPMethods, path: string, status: number, answer: string][] = [
  ["GET", "/api/2.0/mlflow/runs/get", 200, "GET /runs/get"],
  ["GET", "/ajax-api/2.0/mlflow/runs/get?a=b", 200, "GET /runs/get"],
  ["GET", "/api/2.0/mlflow/%72uns/get", 200, "GET /runs/get"],
  ["POST", "/api/2.0/mlflow/runs/get", 200, "POST /runs/get"],
  ["DELETE", "/api/2.0/mlflow/runs/get", 404, "unknown"],
  ["GET", "/api/2.0/mlflow/runs/get/", 404, "unknown"],
  ["GET", "/api/2.0/mlflow/runs/Get", 404, "unknown"],
  ["GET", "/api/2.0/mlflow/constructor", 404, "unknown"],
  ["GET", "/api/2.0/mlflow/things/search", 200, "GET /things/search"],
  ["GET", "/api/2.0/mlflow/things/7", 200, "GET /things/{id}"],
  ["POST", "/api/2.0/mlflow/things/search", 200, "POST /things/search"],
  ["POST", "/api/2.0/mlflow/things/7", 404, "unknown"],
  ["DELETE", "/api/2.0/mlflow/things/7/tags/a/b", 200, "DELETE /things/{id}/tags/*"],
  ["GET", "/ajax-api/2.0/mlflow/page", 200, "GET /page"],
  ["GET", "/api/2.0/mlflow/page", 404, "unknown"],
];
for (const [method, url, status, answer] of cases) {
  it(`${method} ${url} is ${status}`, async () => {
    const response = await app.inject({ method, url });
    assert.deepEqual([response.statusCode, response.body], [status, answer]);
  });
}

it("HEAD has the length of what GET has, and no body", async () => {
  for (const path of ["runs/get", "things/search"]) {
    const [head, get] = await Promise.all(
      (["HEAD", "GET"] as const).map((method) => app.inject({ method, url: `/api/2.0/mlflow/${path}` })),
    );
    assert.equal(head?.body, "");
    assert.equal(head?.headers["content-length"], get?.headers["content-length"]);
    assert.notEqual(head?.headers["content-length"], undefined);
  }
});

it("a body is held against the call's own limit, where it has one", async () => {
  const send = (path: string) =>
    app.inject({ method: "POST", url: `/api/2.0/mlflow/runs/${path}`, payload: "x".repeat(50) });
  assert.equal((await send("large")).statusCode, 413);
  assert.equal((await send("get")).statusCode, 200);
});
