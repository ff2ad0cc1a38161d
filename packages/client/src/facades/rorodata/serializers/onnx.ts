import { invalid } from "@cairn/core";
import { type Bytes, type Source, sourceOf } from "../../../upload.ts";
import { readAll } from "../content.ts";
import type { Serializer } from "./serializer.ts";

/** A model in ONNX, as it is in its file. `bytes()` is what an ONNX runtime makes a session from. */
export interface OnnxModel {
  readonly format: "onnx";
  bytes(): Promise<Uint8Array>;
}

const sources = new WeakMap<object, Source>();

/**
 * Marks bytes as a model in ONNX: `newModelImage(onnxModel(await openFile("model.onnx")))`.
 */
export function onnxModel(content: Bytes): OnnxModel {
  const source = sourceOf(content);
  const model: OnnxModel = Object.freeze({
    format: "onnx",
    bytes: () => readAll(source.slice(0, source.size)),
  });
  sources.set(model, source);
  return model;
}

/** ONNX files are checked to be ones, kept as they are, and given back as `OnnxModel`. */
export const onnxSerializer: Serializer = Object.freeze({
  name: "onnx",
  canSerialize: (model: unknown) => typeof model === "object" && model !== null && sources.has(model),
  serialize: async (model: unknown) => {
    const source = sources.get(model as object) as Source;
    await checkOnnx(source);
    return [{ path: "model.onnx", content: source }];
  },
  deserialize: async (files) => onnxModel(await files.bytes("model.onnx")),
} satisfies Serializer);

const IR_VERSION = 1;
const GRAPH = 7;
/** A tag and a length of protobuf, with room to spare. */
const HEAD_BYTES = 24;

/**
 * Walks over the outer fields of the file, which is a protobuf message `ModelProto` (onnx.proto): it must have its version
 * and a graph. The graph itself is not looked into.
 */
async function checkOnnx(source: Source): Promise<void> {
  const fields = new Set<number>();
  for (let at = 0; at < source.size; ) {
    const head = await readAll(source.slice(at, Math.min(at + HEAD_BYTES, source.size)));
    const field = readField(head);
    if (field === undefined || at + field.size > source.size) throw notOnnx();
    fields.add(field.number);
    at += field.size;
  }
  if (!fields.has(IR_VERSION) || !fields.has(GRAPH)) throw notOnnx();
}

function notOnnx(): Error {
  return invalid("The model is not an ONNX file: it has no version and graph. Give it as bytes to store it anyway.");
}

/** Number and size in bytes of the field that starts here; undefined for what no ModelProto has. */
function readField(head: Uint8Array): { readonly number: number; readonly size: number } | undefined {
  const tag = readVarint(head, 0);
  if (tag === undefined) return undefined;
  const number = Math.floor(tag.value / 8);
  const value = readVarint(head, tag.end);
  if (number === 0 || value === undefined) return undefined;
  if (tag.value % 8 === 0) return { number, size: value.end };
  if (tag.value % 8 === 2) return { number, size: value.end + value.value };
  return undefined;
}

function readVarint(bytes: Uint8Array, start: number): { readonly value: number; readonly end: number } | undefined {
  let value = 0;
  for (let i = 0; i < 10; i++) {
    const byte = bytes[start + i];
    if (byte === undefined) return undefined;
    value += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) return { value, end: start + i + 1 };
  }
  return undefined;
}
