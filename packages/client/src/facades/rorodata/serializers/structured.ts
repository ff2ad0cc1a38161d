import { invalid } from "@cairn/core";
import { decodeObject } from "../../../objects/decode-object.ts";
import { encodeObject } from "../../../objects/encode-object.ts";
import { OBJECT_TYPE } from "../../../objects/object-format.ts";
import { typeName } from "./choose.ts";
import { isPlain } from "./is-json.ts";
import type { Serializer } from "./serializer.ts";

/** What the structured clone algorithm gives back as it was, besides lists, maps, sets and plain objects. */
const kept = new Set<unknown>(
  [
    ...[Date, RegExp, ArrayBuffer, Boolean, Number, String],
    ...[Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError],
  ].map(({ prototype }) => prototype as unknown),
);

const PATH = "model.object";
/** Of images from before there was one form for kept objects: V8's own, which later versions of V8 read too. */
const OLD_PATH = "model.v8";

/**
 * Any structured-cloneable value: maps, sets, dates, typed arrays, BigInts, cycles (docs/design/objects.md). Reading it makes
 * data and runs nothing. An instance of a class is refused, because it would come back without its methods.
 */
export const structuredSerializer: Serializer = Object.freeze({
  name: "structured-clone",
  canSerialize: (model: unknown) => {
    const stranger = findStranger(model);
    if (stranger === undefined || stranger.path === "") return stranger === undefined;
    throw invalid(
      `Object of type ${typeName(stranger.value)} is not serializable (it is at '${stranger.path}' in the model). ` +
        "Replace it by plain data, or give the project a serializer for the model.",
      { type: typeName(stranger.value), at: stranger.path },
    );
  },
  serialize: async (model: unknown) => [{ path: PATH, content: encodeObject(model), contentType: OBJECT_TYPE }],
  deserialize: async (files) => {
    if (!files.paths.includes(OLD_PATH)) return decodeObject(await files.bytes(PATH));
    const { deserialize } = await import("node:v8");
    return deserialize(await files.bytes(OLD_PATH)) as unknown;
  },
} satisfies Serializer);

interface Place {
  readonly value: unknown;
  readonly path: string;
}

/** The first part that a clone would lose. */
function findStranger(model: unknown): Place | undefined {
  const seen = new Set<unknown>();
  const todo: Place[] = [{ value: model, path: "" }];
  for (let place = todo.pop(); place !== undefined; place = todo.pop()) {
    const { value, path } = place;
    if (typeof value === "function" || typeof value === "symbol") return place;
    if (typeof value !== "object" || value === null || seen.has(value)) continue;
    seen.add(value);
    const inner = partsOf(value);
    if (inner === undefined) return place;
    for (const [key, part] of inner) {
      if (part === null || typeof part === "number" || typeof part === "string") continue;
      todo.push({ value: part, path: path === "" ? nameOf(key) : `${path}.${nameOf(key)}` });
    }
  }
  return undefined;
}

function partsOf(value: object): Iterable<readonly [unknown, unknown]> | undefined {
  if (ArrayBuffer.isView(value)) return [];
  const prototype: unknown = Object.getPrototypeOf(value);
  if (isPlain(value) || prototype === Array.prototype) return Object.entries(value);
  if (prototype === Map.prototype) return pairsOf(value as Map<unknown, unknown>);
  if (prototype === Set.prototype) return Array.from(value as Set<unknown>, (part) => ["(member)", part] as const);
  return kept.has(prototype) ? [] : undefined;
}

function pairsOf(map: ReadonlyMap<unknown, unknown>): (readonly [unknown, unknown])[] {
  return [...map].flatMap(([key, part]) => [["(key)", key] as const, [key, part] as const]);
}

function nameOf(key: unknown): string {
  return typeof key === "string" || typeof key === "number" ? String(key) : "(entry)";
}
