import { type Checkpoint, clip, isTrackerError, type ParameterInput } from "@cairn/core";
import { readArtifactPath, readFolderPath } from "./artifact-path.ts";
import { encodeEntry, queryOf } from "./artifacts.ts";
import { checkExperimentId, checkLength, checkModelId, checkRunId, modelNotFound } from "./checks.ts";
import { sendFile } from "./download.ts";
import { decodeModelStatus, encodeLoggedModel } from "./encode-logged-model.ts";
import { doesNotExist, invalidValue, WireError } from "./errors.ts";
import * as messages from "./proto/messages.ts";
import { pythonRepr } from "./proto/python.ts";
import { type Call, type Handler, type Route, readMessage, route } from "./route.ts";
import { searchLoggedModels } from "./search-logged-models.ts";
import { checkpointTree } from "./trees.ts";

const BASE = "/mlflow/logged-models";

export const loggedModelRoutes: readonly Route[] = [
  route("POST", "/logged-models", messages.createLoggedModel, async (call, message) => {
    const checkpoint = await call.services.checkpoints.create({
      experiment: checkExperimentId(message.experiment_id),
      name: message.name ? checkModelName(message.name) : undefined,
      type: checkLength("model_type", 500, message.model_type ?? ""),
      run: message.source_run_id ? checkRunId(message.source_run_id) : null,
      parameters: message.params.map(checkModelParam),
      tags: collectTags(message.tags),
    });
    return one(call, checkpoint);
  }),

  route("POST", "/logged-models/search", messages.searchLoggedModels, searchLoggedModels),

  {
    method: "GET",
    path: `${BASE}/{model}`,
    handler: async (call) => {
      const mayBeDeleted = queryOf(call.request)["allow_deleted"]?.toLowerCase() === "true";
      return one(call, await getModel(call, mayBeDeleted));
    },
  },
  {
    method: "PATCH",
    path: `${BASE}/{model}`,
    handler: async (call) => {
      const { status } = readMessage(call.request, messages.finalizeLoggedModel);
      const state = decodeModelStatus(status);
      return one(call, await call.services.checkpoints.update(modelOf(call), { state }));
    },
  },
  {
    method: "DELETE",
    path: `${BASE}/{model}`,
    handler: async (call) => {
      await call.services.checkpoints.delete(modelOf(call));
      return undefined;
    },
  },
  {
    method: "PATCH",
    path: `${BASE}/{model}/tags`,
    handler: async (call) => {
      const { tags } = readMessage(call.request, messages.setLoggedModelTags);
      await call.services.checkpoints.update(modelOf(call), { tags: collectTags(tags) });
      return undefined;
    },
  },
  {
    method: "DELETE",
    // A key may hold slashes, which clients do not encode.
    path: `${BASE}/{model}/tags/*`,
    handler: async (call) => {
      const { "*": key = "" } = call.request.params as Record<string, string>;
      await deleteTag(call, modelOf(call), key);
      return undefined;
    },
  },
  {
    method: "POST",
    path: `${BASE}/{model}/params`,
    handler: async (call) => {
      const { params } = readMessage(call.request, messages.logModelParams);
      await addParams(call, modelOf(call), params.map(checkModelParam));
      return undefined;
    },
  },
  {
    method: "GET",
    path: `${BASE}/{model}/artifacts/directories`,
    handler: async (call) => {
      const path = readFolderPath(readMessage(call.request, messages.listModelArtifacts).artifact_directory_path);
      const checkpoint = await getModel(call, false);
      const entries = await checkpointTree(call.services, checkpoint.id, path).list();
      return {
        ...(entries.length === 0 ? {} : { files: entries.map((entry) => encodeEntry(entry, entry.path)) }),
        root_uri: await call.locations.ofCheckpoint(call.services, checkpoint),
      };
    },
  },
  {
    method: "GET",
    path: `${BASE}/{model}/artifacts/files`,
    isAjaxOnly: true,
    handler: (call) => sendModelFile(call),
  },
];

const sendModelFile: Handler = async (call) => {
  const { artifact_file_path: text } = queryOf(call.request);
  if (!text) throw new WireError("BAD_REQUEST", 'Request must include the "artifact_file_path" query parameter.');
  const path = readArtifactPath(text);
  const { id } = await getModel(call, false);
  return sendFile(call, await checkpointTree(call.services, id, path).find(), path);
};

async function one({ services, locations }: Call, checkpoint: Checkpoint): Promise<object> {
  return { model: encodeLoggedModel(checkpoint, await locations.ofCheckpoint(services, checkpoint)) };
}

/** The id in the path; one of another form names no model. */
function modelOf({ request }: Call): string {
  const { model = "" } = request.params as Record<string, string>;
  return checkModelId(model);
}

async function getModel(call: Call, mayBeDeleted: boolean): Promise<Checkpoint> {
  const checkpoint = await call.services.checkpoints.get(modelOf(call));
  if (checkpoint.deletedAt !== null && !mayBeDeleted) throw modelNotFound(checkpoint.id);
  return checkpoint;
}

async function deleteTag({ services }: Call, id: string, key: string): Promise<void> {
  try {
    await services.checkpoints.update(id, { tags: { [key]: null }, strict: true });
  } catch (error) {
    if (!isTrackerError(error) || error.code !== "not_found" || error.details["tag"] === undefined) throw error;
    throw doesNotExist(`No tag with key ${pythonRepr(clip(key, 1000))} found for model with ID '${id}'.`);
  }
}

/** A value that is there already is no error: a client may repeat a request whose answer was lost. */
async function addParams({ services }: Call, id: string, parameters: readonly ParameterInput[]): Promise<void> {
  try {
    await services.checkpoints.update(id, { parameters });
  } catch (error) {
    if (!isTrackerError(error) || error.code !== "conflict") throw error;
    throw new WireError("BAD_REQUEST", error.message);
  }
}

const BAD_NAME = /[/:.%"']/;

function checkModelName(name: string): string {
  if (!BAD_NAME.test(name)) return checkLength("name", 500, name);
  throw invalidValue(
    `Invalid model name (${pythonRepr(clip(name, 1000))}) provided. Model name must be a non-empty string and cannot contain the following characters: ('/', ':', '.', '%', '"', "'")`,
  );
}

interface Pair {
  readonly key: string;
  readonly value?: string | undefined;
}

function checkModelParam({ key, value = "" }: Pair): ParameterInput {
  return { key: checkLength("key", 255, key), value };
}

/** Of a key given twice the last counts. */
function collectTags(tags: readonly Pair[]): Record<string, string> {
  return Object.fromEntries(tags.map(({ key, value = "" }) => [checkLength("key", 255, key), value]));
}
