import { clip } from "@cairn/core";
import { invalidValue } from "./errors.ts";
import { checkJsonText } from "./proto/json.ts";
import { pythonSet } from "./proto/python.ts";

const mandatory = ["artifact_path", "flavors", "utc_time_created", "run_id"] as const;
const kept = ["run_id", "utc_time_created", "artifact_path", "model_uuid"] as const;

/**
 * What a run remembers of a model logged the old way: who, when, where, and its flavors without their configuration.
 * @throws WireError when the text is not a JSON object, is nested beyond 100 levels, or lacks a mandatory field.
 */
export function parseModelInfo(json: string): object {
  const model = parseObject(json);
  const missing = mandatory.filter((name) => !Object.hasOwn(model, name));
  if (missing.length > 0) throw invalidValue(`Model json is missing mandatory fields: ${pythonSet(missing)}`);
  const fields = kept.filter((name) => Object.hasOwn(model, name)).map((name) => [name, model[name]]);
  return { ...Object.fromEntries(fields), flavors: withoutConfig(model["flavors"]) };
}

function parseObject(json: string): Readonly<Record<string, unknown>> {
  checkJsonText(json, "Malformed model info. It");
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Said below, for both.
  }
  throw invalidValue(`Malformed model info. \n ${clip(json, 1000)} \n is not a valid JSON.`);
}

function withoutConfig(flavors: unknown): object {
  if (typeof flavors !== "object" || flavors === null) return {};
  return Object.fromEntries(
    Object.entries(flavors).map(([name, flavor]) => {
      if (typeof flavor !== "object" || flavor === null) return [name, flavor];
      return [name, Object.fromEntries(Object.entries(flavor).filter(([key]) => key !== "config"))];
    }),
  );
}
