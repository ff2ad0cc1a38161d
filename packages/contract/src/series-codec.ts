import type { SeriesBuckets, SeriesInfo } from "@cairn/core";
import type { Codec } from "./call.ts";
import { decodeBuckets, decodeHistory, encodeBuckets, encodeHistory } from "./chart-json.ts";
import { decodeSeriesInfo, encodeSeriesInfo } from "./run-json.ts";
import type { WireBuckets, WireSeriesInfo } from "./series-shapes.ts";

export const historyCodec: Codec = { encodeResult: encodeHistory, decodeResult: decodeHistory };
export const listCodec: Codec = {
  encodeResult: (list: readonly SeriesInfo[]) => list.map(encodeSeriesInfo),
  decodeResult: (list: readonly WireSeriesInfo[]) => list.map(decodeSeriesInfo),
};
export const bucketsCodec: Codec = {
  encodeResult: (list: readonly SeriesBuckets[]) => list.map(encodeBuckets),
  decodeResult: (list: readonly WireBuckets[]) => list.map(decodeBuckets),
};
