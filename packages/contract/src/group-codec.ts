import type { GroupMetric, RunGroup, RunGroups } from "@cairn/core";
import type { Codec } from "./call.ts";
import { decodeNumber, encodeNumber, type WireNumber } from "./numbers.ts";

export type WireGroupMetric = Omit<GroupMetric, "mean"> & { readonly mean: WireNumber | null };
export type WireGroup = Omit<RunGroup, "metrics"> & { readonly metrics: readonly WireGroupMetric[] };
export type WireGroups = Omit<RunGroups, "items"> & { readonly items: readonly WireGroup[] };

/** NaN and the infinities travel by name, as values and as means that overflow. */
export const groupsCodec: Codec = {
  encodeResult: (groups: RunGroups): WireGroups => ({ ...groups, items: groups.items.map(encodeGroup) }),
  decodeResult: (groups: WireGroups): RunGroups => ({ ...groups, items: groups.items.map(decodeGroup) }),
};

function encodeGroup({ value, metrics, ...rest }: RunGroup): WireGroup {
  return {
    ...rest,
    value: typeof value === "number" ? encodeNumber(value) : value,
    metrics: metrics.map(({ mean, ...metric }) => ({ ...metric, mean: mean === null ? null : encodeNumber(mean) })),
  };
}

function decodeGroup({ value, filter, metrics, ...rest }: WireGroup): RunGroup {
  return {
    ...rest,
    filter,
    // A text's filter ends with its quote.
    value: typeof value === "string" && !filter.endsWith("'") ? Number(value) : value,
    metrics: metrics.map(({ mean, ...metric }) => ({ ...metric, mean: mean === null ? null : decodeNumber(mean) })),
  };
}
