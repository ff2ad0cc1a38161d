import type { Model } from "@cairn/core";

export function ModelHistory(_: { readonly model: Model }) {
  return null;
}
