import type { Json } from "../json.ts";
import type { Run } from "./run.ts";

/** What the summary of one metric takes as JSON, with a key of usual length. */
const METRIC_SIZE = 600;

type Sized = Pick<Run, "parameters" | "tags" | "metrics" | "inputs"> & Partial<Pick<Run, "error">>;

/** About how many characters a run takes as JSON: what keeps a page of runs below what memory and one answer can hold. */
export function textSize({ parameters, tags, metrics, inputs, error }: Sized): number {
  let size = metrics.length * METRIC_SIZE + (error?.length ?? 0);
  for (const { value } of parameters) size += valueSize(value);
  for (const key in tags) size += (tags[key] as string).length;
  for (const { dataset } of inputs) {
    size += dataset.source.length + (dataset.schema?.length ?? 0) + (dataset.profile?.length ?? 0);
  }
  return size;
}

function valueSize(value: Json): number {
  if (typeof value === "string") return value.length;
  return typeof value === "object" && value !== null ? JSON.stringify(value).length : 8;
}
