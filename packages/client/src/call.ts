import { type Call, type calls, isNotHere } from "@cairn/contract";
import { invalid, parseArtifactPath } from "@cairn/core";
import type { Ask, Transport } from "./transport.ts";

type Fields = Record<string, unknown>;
export type CallKey = keyof typeof calls;

/** A service method over the wire: arguments → request → answer → result. */
export function methodOver(transport: Transport, call: Call): (...args: unknown[]) => Promise<unknown> {
  const { absent, answers, codec } = call;
  return async (...args) => {
    const ask = askOf(call, fieldsOf(call, args));
    try {
      const answer = await transport.send(ask, async (response) =>
        answers ? response.json() : void (await response.arrayBuffer()),
      );
      if (!answers) return undefined;
      return codec?.decodeResult === undefined ? answer : codec.decodeResult(answer as never);
    } catch (error) {
      if (absent && isNotHere(error)) return undefined;
      throw error;
    }
  };
}

/** The reverse of the server's reading: positional arguments to fields by name. */
export function fieldsOf({ args: names, codec }: Call, args: readonly unknown[]): Fields {
  const fields: Fields = {};
  for (const [i, name] of names.entries()) {
    if (name === "*") Object.assign(fields, args[i]);
    else fields[name] = args[i];
  }
  return codec?.encodeInput?.(fields) ?? fields;
}

export function askOf(call: Call, fields: Fields): Ask {
  const { method, idempotent } = call;
  const { path, rest } = pathOf(call, fields);
  if (method === "GET" || method === "DELETE") return { method, path, query: rest, idempotent };
  const body = JSON.stringify(rest);
  return { method, path, body, headers: { "content-type": "application/json" }, idempotent };
}

/** Fills the braces; what is left travels otherwise. */
export function pathOf(call: Call, fields: Fields): { readonly path: string; readonly rest: Fields } {
  const rest = { ...fields };
  const path = call.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    delete rest[name];
    return name === "path" ? encodePath(String(fields[name])) : encodeText(String(fields[name]));
  });
  return { path, rest };
}

/**
 * URLs are normalised on their way (`a/../b`, and its encoded forms, become `b`), so a path that is not one must be
 * refused before it is in a URL: the server would see another.
 */
function encodePath(path: string): string {
  return parseArtifactPath(path).split("/").map(encodeURIComponent).join("/");
}

/** A half surrogate pair cannot be in a URL; it would arrive as another character. */
function encodeText(text: string): string {
  if (!text.isWellFormed()) throw invalid("A text has half a surrogate pair: send well-formed Unicode.");
  return encodeURIComponent(text);
}
