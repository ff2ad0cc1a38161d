import { clip, isTrackerError, type Model, type Services, type Version } from "@cairn/core";
import { doesNotExist, type WireError } from "../errors.ts";
import { encodeModel, latestNumbers } from "./encode.ts";
import { checkModelName, parseVersion } from "./names.ts";

/** A model that is not deleted: to this wire, a deleted one is none. @throws WireError */
export async function getModel({ models }: Services, name: string): Promise<Model> {
  const model = await models.find(checkModelName(name));
  if (model !== undefined && model.deletedAt === null) return model;
  throw noModel(name);
}

export function noModel(name: string): WireError {
  return doesNotExist(`Registered Model with name=${clip(name, 300)} not found`);
}

/** @throws WireError; for a missing model in the words for a missing version. */
export async function getVersion(services: Services, name: string, version: string): Promise<Version> {
  const model = await services.models.find(checkModelName(name));
  const number = parseVersion(version);
  if (model === undefined || model.deletedAt !== null || number < 0) throw noVersion(name, version);
  return hasVersion(name, version, () => services.versions.get(model.id, number));
}

/** Does something to a version that may go meanwhile. */
export async function hasVersion<T>(name: string, version: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (isTrackerError(error) && error.code === "not_found" && error.details["version"] !== undefined)
      throw noVersion(name, version);
    throw error;
  }
}

function noVersion(name: string, version: string): WireError {
  return doesNotExist(`Model Version (name=${clip(name, 300)}, version=${clip(version)}) not found`);
}

/** Models with their latest versions, which one question gives for all of them. */
export async function encodeModels({ versions }: Services, models: readonly Model[]): Promise<object[]> {
  const keys = models.flatMap((model) => latestNumbers(model).map((number) => ({ model: model.id, number })));
  const latest = keys.length === 0 ? [] : await versions.list(keys);
  return models.map((model) =>
    encodeModel(
      model,
      latest.filter((version) => version.model === model.id),
    ),
  );
}
