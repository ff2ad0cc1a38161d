import assert from "node:assert/strict";
import type { Fetch } from "@cairn/client";
import { API_ROOT, type Endpoint, endpoints, problem } from "@cairn/contract";
import type { ErrorCode } from "@cairn/core";

/** What any call may be refused with. */
const anywhere: readonly ErrorCode[] = ["forbidden", "rate_limited", "unavailable", "too_large"];

const table = Object.entries<Endpoint>(endpoints).map(([key, endpoint]) => {
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name) => (name === "path" ? ".+" : "[^/]+"));
  return { key, endpoint, pattern: new RegExp(`^${API_ROOT}${path}$`) };
});

/** Holds every JSON answer against the schema that the contract promises for it: docs that nobody checks go stale. */
export const checkedFetch: Fetch = async (input, init) => {
  const response = await fetch(input, init);
  if (!response.headers.get("content-type")?.startsWith("application/json") || init?.method === "HEAD") return response;
  const { pathname } = new URL(input);
  const found = table.find(({ endpoint, pattern }) => endpoint.method === init?.method && pattern.test(pathname));
  const answer = await response.clone().json();
  const schema = response.ok ? found?.endpoint.result : problem();
  if (schema == null) return response;
  const parsed = schema.safeParse(answer);
  assert.ok(parsed.success, `${found?.key} answers what its schema does not know: ${parsed.error?.message}`);
  if (!response.ok && found !== undefined) {
    const { code } = answer as { code: ErrorCode };
    assert.ok(
      [...found.endpoint.errors, ...anywhere].includes(code),
      `${found.key} is not documented to refuse with ${code}`,
    );
  }
  return response;
};
