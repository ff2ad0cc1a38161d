import { isJson } from "./is-json.ts";
import type { Serializer } from "./serializer.ts";

/** Plain data, in the form that every language reads. Only what comes back exactly the same. */
export const jsonSerializer: Serializer = Object.freeze({
  name: "json",
  canSerialize: (model: unknown) => typeof model === "object" && isJson(model, true),
  serialize: async (model: unknown) => [
    { path: "model.json", content: JSON.stringify(model), contentType: "application/json" },
  ],
  deserialize: async (files) => JSON.parse(new TextDecoder().decode(await files.bytes("model.json"))) as unknown,
} satisfies Serializer);
