import type { Model } from "@cairn/core";
import { server } from "../../lib/server.ts";

/** Points an alias at a version, and says why in the model's history. */
export const setAlias: (model: number, alias: string, number: number, reason?: string) => Promise<Model> =
  server.models.setAlias;
