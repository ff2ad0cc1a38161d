import { isSource } from "../content.ts";
import type { Serializer } from "./serializer.ts";

/** A model that already is a file: bytes, a Blob, or an opened file. It comes back as a Uint8Array. */
export const bytesSerializer: Serializer = Object.freeze({
  name: "bytes",
  canSerialize: (model: unknown) =>
    model instanceof Uint8Array || model instanceof ArrayBuffer || model instanceof Blob || isSource(model),
  serialize: async (model: unknown) => {
    const content = model instanceof ArrayBuffer ? new Uint8Array(model) : (model as Uint8Array);
    return [{ path: "model.bin", content }];
  },
  deserialize: (files) => files.bytes("model.bin"),
} satisfies Serializer);
