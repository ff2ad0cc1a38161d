/** The content type of what `encodeObject` makes; its files end in `.object`. */
export const OBJECT_TYPE = "application/vnd.cairn.object";

/** "CAIRNOB" and the format's version, 1. */
export const MAGIC = Uint8Array.of(0x43, 0x41, 0x49, 0x52, 0x4e, 0x4f, 0x42, 0x01);

export const VIEWS = [
  "Int8Array",
  "Uint8Array",
  "Uint8ClampedArray",
  "Int16Array",
  "Uint16Array",
  "Int32Array",
  "Uint32Array",
  "BigInt64Array",
  "BigUint64Array",
  "Float32Array",
  "Float64Array",
  "DataView",
] as const;

export type ViewName = (typeof VIEWS)[number];

/** A value in its place: itself where JSON can say it, else a tagged list; `ref` names a node. */
export type Slot =
  | string
  | number
  | boolean
  | null
  | readonly ["undefined"]
  | readonly ["number", string]
  | readonly ["bigint", string]
  | readonly ["ref", number];

/** What has an identity: two slots that name the same node hold the same object. */
export type Node =
  | readonly ["object", readonly (readonly [string, Slot])[]]
  | readonly ["array", number, readonly (readonly [number, Slot])[]]
  | readonly ["map", readonly (readonly [Slot, Slot])[]]
  | readonly ["set", readonly Slot[]]
  | readonly ["date", Slot]
  | readonly ["regexp", string, string]
  | readonly ["error", string, string, string | null]
  | readonly ["buffer", number]
  | readonly ["view", ViewName, number]
  | readonly ["boxed", Slot];
