import type { Checkpoint, CheckpointId, CheckpointPoint, Page, RunId } from "@cairn/core";
import type { Codec } from "./call.ts";
import type { WireCheckpoint, WireMeasured } from "./checkpoint-shapes.ts";
import { decodeNumber, decodeValue, encodeNumber, encodeValue } from "./numbers.ts";

export function encodeMeasured(points: readonly CheckpointPoint[]): WireMeasured[] {
  return points.map((point) => ({ ...point, value: encodeNumber(point.value) }));
}

export function decodeMeasured(points: readonly WireMeasured[]): CheckpointPoint[] {
  return points.map((point) => ({ ...point, value: decodeNumber(point.value) }));
}

type Fields = Record<string, unknown>;
type Valued = { readonly value: Parameters<typeof encodeValue>[0] };

function encode(found: Checkpoint): WireCheckpoint {
  return {
    ...found,
    parameters: found.parameters.map((one) => ({ ...one, value: encodeValue(one.value) })),
    metrics: found.metrics.map((one) => ({ ...one, value: encodeNumber(one.value) })),
  };
}

function decode(found: WireCheckpoint): Checkpoint {
  return {
    ...found,
    id: found.id as CheckpointId,
    run: found.run as RunId | null,
    parameters: found.parameters.map((one) => ({ ...one, value: decodeValue(one.value) })),
    metrics: found.metrics.map((one) => ({ ...one, run: one.run as RunId, value: decodeNumber(one.value) })),
  };
}

export const checkpointCodec: Codec = {
  encodeInput: (input) => withParameters(input, encodeValue),
  decodeInput: (input) => withParameters(input, decodeValue),
  encodeResult: encode,
  decodeResult: decode,
};

export const pageOfCheckpointsCodec: Codec = {
  encodeResult: (page: Page<Checkpoint>) => ({ items: page.items.map(encode), next: page.next }),
  decodeResult: (page: Page<WireCheckpoint>) => ({ items: page.items.map(decode), next: page.next }),
};

function withParameters(input: Fields, change: (value: Valued["value"]) => Valued["value"]): Fields {
  const { parameters } = input;
  if (!Array.isArray(parameters)) return input;
  return { ...input, parameters: (parameters as Valued[]).map((one) => ({ ...one, value: change(one.value) })) };
}
