import { invalid, TrackerError } from "@cairn/core";
import type { Serializer } from "./serializer.ts";

/** The first that takes the model. @throws invalid when none does, or when there is no model. */
export function chooseSerializer(serializers: readonly Serializer[], model: unknown): Serializer {
  if (model === undefined || model === null)
    throw invalid("model object is not specified: give newModelImage a model.");
  const chosen = serializers.find((serializer) => serializer.canSerialize(model));
  if (chosen !== undefined) return chosen;
  const names = serializers.map(({ name }) => name).join(", ");
  throw invalid(
    `Object of type ${typeName(model)} is not serializable. Known are: ${names}; give the project a serializer for it.`,
    { type: typeName(model) },
  );
}

/** @throws unsupported for an image that none of them wrote. */
export function findSerializer(serializers: readonly Serializer[], name: unknown, image: string): Serializer {
  const found = serializers.find((serializer) => serializer.name === name);
  if (found !== undefined) return found;
  const what =
    typeof name === "string"
      ? `has the Content-Encoding '${name}'`
      : "was not saved as an image and names no Content-Encoding";
  throw new TrackerError(
    "unsupported",
    `${image} ${what}, for which there is no serializer here. Download its files, or give the project a serializer.`,
    { encoding: name ?? null },
  );
}

export function typeName(value: unknown): string {
  if (value === null || (typeof value !== "object" && typeof value !== "function")) return typeof value;
  if (typeof value === "function") return "Function";
  const maker: unknown = (value as { readonly constructor?: unknown }).constructor;
  return typeof maker === "function" && maker.name !== "" ? maker.name : "Object";
}
