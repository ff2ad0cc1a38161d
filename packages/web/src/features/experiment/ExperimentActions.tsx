import type { Experiment } from "@cairn/core";

export function ExperimentActions(_: { readonly experiment: Experiment }) {
  return null;
}
