import type { Page, Version } from "@cairn/core";
import type { Codec } from "./call.ts";
import { decodeValue, encodeValue } from "./numbers.ts";

type Valued = Pick<Version, "metadata">;
type Fields = Record<string, unknown>;

function mapMetadata(change: typeof encodeValue) {
  return <T extends Partial<Valued>>(holder: T): T => {
    if (holder.metadata === undefined) return holder;
    const entries = Object.entries(holder.metadata).map(([key, value]) => [key, change(value)]);
    return { ...holder, metadata: Object.fromEntries(entries) };
  };
}

const encode = mapMetadata(encodeValue);
const decode = mapMetadata(decodeValue);

const inputCodec: Codec = {
  encodeInput: (input: Fields) => encode(input as Fields & Partial<Valued>),
  decodeInput: (input: Fields) => decode(input as Fields & Partial<Valued>),
};

export const versionCodec: Codec = { ...inputCodec, encodeResult: encode<Version>, decodeResult: decode<Version> };

export const versionsCodec: Codec = {
  encodeResult: (list: readonly Version[]) => list.map(encode<Version>),
  decodeResult: (list: readonly Version[]) => list.map(decode<Version>),
};

export const pageOfVersionsCodec: Codec = {
  encodeResult: ({ items, next }: Page<Version>) => ({ items: items.map(encode<Version>), next }),
  decodeResult: ({ items, next }: Page<Version>) => ({ items: items.map(decode<Version>), next }),
};
