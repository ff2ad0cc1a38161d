import { clip, invalid } from "@cairn/core";
import { MAGIC, type Node, type Slot, VIEWS } from "./object-format.ts";

/**
 * A value as bytes that `decodeObject` turns back into an equal value, cycles and shared parts included: what structured
 * clone copies, in a form of our own that every browser and Node reads (docs/design/objects.md). An instance of a class
 * keeps its own fields and loses its class.
 *
 * @throws invalid for a function, a symbol, a promise, a weak collection or a tensor; the message says where it is.
 *
 * @example
 * decodeObject(encodeObject({ scores: new Float32Array([0.5]), labels: new Set(["cat"]) }));
 */
export function encodeObject(value: unknown): Uint8Array {
  const nodes: Node[] = [];
  const buffers: Uint8Array[] = [];
  const known = new Map<object, number>();
  const waiting: { readonly value: object; readonly index: number; readonly place: string }[] = [];

  const slotOf = (item: unknown, place: string): Slot => {
    if (item === null || typeof item === "boolean" || typeof item === "string") return item;
    if (item === undefined) return ["undefined"];
    if (typeof item === "number") {
      return Number.isFinite(item) && !Object.is(item, -0)
        ? item
        : ["number", Object.is(item, -0) ? "-0" : String(item)];
    }
    if (typeof item === "bigint") return ["bigint", String(item)];
    if (typeof item === "function")
      throw refused(place, "a function", " Keep its text, String(it), or the data it makes.");
    if (typeof item !== "object") throw refused(place, `a ${typeof item}`);
    let index = known.get(item);
    if (index === undefined) {
      index = nodes.push(["object", []]) - 1;
      known.set(item, index);
      waiting.push({ value: item, index, place });
    }
    return ["ref", index];
  };
  const keep = (bytes: Uint8Array): number => buffers.push(bytes) - 1;

  const root = slotOf(value, "the value");
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    nodes[next.index] = nodeOf(next.value, next.place, slotOf, keep);
  }
  return frame({ root, nodes, buffers: buffers.map(({ length }) => length) }, buffers);
}

type SlotOf = (item: unknown, place: string) => Slot;

function nodeOf(value: object, place: string, slotOf: SlotOf, keep: (bytes: Uint8Array) => number): Node {
  if (Array.isArray(value)) {
    // Index and value, so that holes stay holes and a long empty array costs nothing.
    const items = Object.keys(value).filter((key) => /^\d+$/.test(key));
    return ["array", value.length, items.map((key) => [Number(key), slotOf(value[Number(key)], `${place}[${key}]`)])];
  }
  if (value instanceof Date) return ["date", slotOf(value.getTime(), place)];
  if (value instanceof RegExp) return ["regexp", value.source, value.flags];
  if (value instanceof Map) {
    const entries = [...value];
    return ["map", entries.map(([k, v], i) => [slotOf(k, `${place} (key ${i})`), slotOf(v, `${place} (entry ${i})`)])];
  }
  if (value instanceof Set) return ["set", [...value].map((item, i) => slotOf(item, `${place} (item ${i})`))];
  if (value instanceof Error) return ["error", value.name, value.message, value.stack ?? null];
  if (value instanceof ArrayBuffer) return ["buffer", keep(new Uint8Array(value).slice())];
  if (ArrayBuffer.isView(value)) {
    const name = VIEWS.find((view) => Object.prototype.toString.call(value) === `[object ${view}]`);
    if (name === undefined) throw refused(place, "a view of an unknown kind");
    // Views of one buffer that they share become views of buffers of their own: what lies beside them stays behind.
    return ["view", name, keep(new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice())];
  }
  if (value instanceof Number || value instanceof String || value instanceof Boolean) {
    return ["boxed", slotOf(value.valueOf(), place)];
  }
  checkPlain(value, place);
  return ["object", Object.entries(value).map(([key, item]) => [key, slotOf(item, `${place}.${clip(key)}`)])];
}

/** What would be copied without its content, silently. */
function checkPlain(value: object, place: string): void {
  if ("dataSync" in value && "shape" in value) {
    throw refused(place, "a tensor", " Give what it holds: `await tensor.array()` or `await tensor.data()`.");
  }
  for (const [kind, name] of [
    [Promise, "a promise"],
    [WeakMap, "a weak map"],
    [WeakSet, "a weak set"],
    [WeakRef, "a weak reference"],
    [Blob, "a blob"],
  ] as const) {
    if (value instanceof kind) throw refused(place, name);
  }
}

function refused(place: string, what: string, advice = " Keep plain data, maps, sets, dates, typed arrays.") {
  return invalid(`An object with ${what} cannot be kept (at ${place}).${advice}`, { place });
}

function frame(head: object, buffers: readonly Uint8Array[]): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(head));
  const size = buffers.reduce((sum, { length }) => sum + length, MAGIC.length + 4 + json.length);
  const bytes = new Uint8Array(size);
  bytes.set(MAGIC);
  new DataView(bytes.buffer).setUint32(MAGIC.length, json.length, true);
  bytes.set(json, MAGIC.length + 4);
  let at = MAGIC.length + 4 + json.length;
  for (const buffer of buffers) {
    bytes.set(buffer, at);
    at += buffer.length;
  }
  return bytes;
}
