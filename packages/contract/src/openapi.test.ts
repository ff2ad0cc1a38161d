import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { endpoints } from "./endpoints.ts";
import { buildOpenapi } from "./openapi.ts";

const api = buildOpenapi();

test("the committed openapi.json is what `npm run generate` writes", () => {
  const committed = readFileSync(join(import.meta.dirname, "..", "openapi.json"), "utf8");
  assert.equal(committed, `${JSON.stringify(api, null, 2)}\n`);
});

test("every endpoint is described, under its own name", () => {
  const ids = Object.values(api.paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId }) => operationId),
  );
  assert.deepEqual(
    Object.keys(endpoints).filter((key) => !ids.includes(key)),
    [],
  );
  assert.equal(new Set(ids).size, ids.length);
});

test("every operation has a noun that is described", () => {
  const described = new Set(api.tags.map(({ name }) => name));
  const operations = Object.values(api.paths).flatMap((methods) => Object.values(methods));
  assert.deepEqual(
    operations.filter(({ tags }) => !tags.every((tag) => described.has(tag))),
    [],
  );
  assert.ok(api.paths["/maintenance/check"]?.["post"], "housekeeping is asked for over HTTP too");
});

test("every reference leads to a schema", () => {
  const refs = [...JSON.stringify(api).matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1] ?? "");
  assert.ok(refs.length > 50);
  for (const ref of refs) {
    const name = ref.replace("#/components/schemas/", "");
    assert.ok(name in api.components.schemas, ref);
  }
});

// A path that two endpoints share would silently overwrite one of them in the document and in the router.
test("no two endpoints share method and path", () => {
  const seen = Object.values(endpoints).map(({ method, path }) => `${method} ${path.replace(/\{\w+\}/g, "{}")}`);
  assert.equal(new Set(seen).size, seen.length);
});
