import type { Model, Version } from "@cairn/core";
import { encodeStage, type Stage, stages } from "./stages.ts";

/** Presence as in proto2: what MLflow's store always sets is there, even when it is empty. */
export function encodeVersion(version: Version): object {
  const tags = Object.entries(version.tags).map(([key, value]) => ({ key, value }));
  return {
    name: version.name,
    version: String(version.number),
    creation_timestamp: version.createdAt,
    last_updated_timestamp: version.updatedAt,
    user_id: version.author,
    current_stage: encodeStage(version.stage),
    description: version.comment,
    source: version.source ?? "",
    run_id: version.run ?? "",
    status: version.state === "sealed" ? "READY" : "PENDING_REGISTRATION",
    ...(tags.length === 0 ? {} : { tags }),
    run_link: version.link ?? "",
    ...(version.aliases.length === 0 ? {} : { aliases: version.aliases }),
    ...(version.checkpoint === null ? {} : { model_id: version.checkpoint }),
  };
}

/** @param latest one version for each stage that there is. */
export function encodeModel(model: Model, latest: readonly Version[]): object {
  const tags = Object.entries(model.tags).map(([key, value]) => ({ key, value }));
  const aliases = Object.entries(model.aliases).map(([alias, number]) => ({ alias, version: String(number) }));
  return {
    name: model.name,
    creation_timestamp: model.createdAt,
    last_updated_timestamp: model.updatedAt,
    ...(model.author === "" ? {} : { user_id: model.author }),
    ...(model.description === "" ? {} : { description: model.description }),
    ...(latest.length === 0 ? {} : { latest_versions: latest.map(encodeVersion) }),
    ...(tags.length === 0 ? {} : { tags }),
    ...(aliases.length === 0 ? {} : { aliases }),
  };
}

/** The numbers of a model's latest versions, in the order of MLflow's stages, those that it does not know last. */
export function latestNumbers({ stages: numbers }: Model): number[] {
  const rank = (stage: string) => {
    const index = stages.indexOf(encodeStage(stage) as Stage);
    return index < 0 ? stages.length : index;
  };
  return Object.entries(numbers)
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([, number]) => number);
}
