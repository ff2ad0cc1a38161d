import { isTrackerError, type Model, type Services } from "@cairn/core";
import { WireError } from "../errors.ts";
import { parseModelFilter } from "../filter/registry-filter.ts";
import { parseModelOrder } from "../filter/registry-order.ts";
import { pythonRepr } from "../proto/python.ts";
import * as messages from "../proto/registry-messages.ts";
import { type Call, type Route, route } from "../route.ts";
import { encodeVersion } from "./encode.ts";
import { encodeModels, getModel } from "./find.ts";
import { checkModelName, checkRegistryTag, readTags } from "./names.ts";
import { checkModelResults } from "./paging.ts";
import { isPrompt } from "./prompts.ts";
import { decodeStage, parseStage, stages } from "./stages.ts";

/** Registered models. */
export const modelRoutes: readonly Route[] = [
  route("POST", "/registered-models/create", messages.createModel, async ({ services }, message) => {
    const name = checkModelName(message.name);
    const tags = readTags(message.tags);
    await freeName(services, name, isPrompt(tags));
    const given = { name, tags, description: message.description ?? "" };
    return one(services, await orTaken(services, name, isPrompt(tags), () => services.models.create(given)));
  }),

  route("GET", "/registered-models/get", messages.namedModel, async ({ services }, { name }) => {
    return one(services, await getModel(services, name));
  }),

  route("PATCH", "/registered-models/update", messages.updateModel, async ({ services }, { name, description }) => {
    const { id } = await getModel(services, name);
    return one(services, await services.models.update(id, { description: description ?? "" }));
  }),

  route("POST", "/registered-models/rename", messages.renameModel, async ({ services }, { name, new_name }) => {
    const to = checkModelName(new_name, "new_name");
    const model = await getModel(services, name);
    if (to !== model.name) await freeName(services, to, isPrompt(model.tags));
    const rename = () => services.models.update(model.id, { name: to });
    return one(services, await orTaken(services, to, isPrompt(model.tags), rename));
  }),

  route("DELETE", "/registered-models/delete", messages.namedModel, async ({ services }, { name }) => {
    await services.models.delete((await getModel(services, name)).id);
    return undefined;
  }),

  route("GET", "/registered-models/search", messages.searchModels, async ({ services }, message) => {
    const page = await services.models.search({
      filter: parseModelFilter(message.filter ?? ""),
      order: parseModelOrder(message.order_by),
      limit: checkModelResults(message.max_results),
      cursor: message.page_token || undefined,
    });
    const registered_models = await encodeModels(services, page.items);
    return {
      ...(registered_models.length === 0 ? {} : { registered_models }),
      ...(page.next === null ? {} : { next_page_token: page.next }),
    };
  }),

  route("GET", "/registered-models/get-latest-versions", messages.latestVersions, getLatestVersions),
  route("POST", "/registered-models/get-latest-versions", messages.latestVersions, getLatestVersions),

  route("POST", "/registered-models/set-tag", messages.setModelTag, async ({ services }, { name, key, value }) => {
    checkModelName(name);
    const [checked, text] = checkRegistryTag(key, value);
    const { id } = await getModel(services, name);
    await services.models.update(id, { tags: { [checked]: text } });
    return undefined;
  }),

  route("DELETE", "/registered-models/delete-tag", messages.deleteModelTag, async ({ services }, { name, key }) => {
    checkModelName(name);
    checkRegistryTag(key);
    const { id } = await getModel(services, name);
    await services.models.update(id, { tags: { [key]: null } });
    return undefined;
  }),
];

/** The latest of each stage asked for. */
async function getLatestVersions(
  { services }: Call,
  message: { readonly name: string; readonly stages: readonly string[] },
): Promise<object> {
  const model = await getModel(services, message.name);
  const asked = message.stages.length === 0 ? stages : [...new Set(message.stages.map(parseStage))];
  const numbers = asked.flatMap((stage) => model.stages[decodeStage(stage)] ?? []);
  const versions = await services.versions.list(numbers.map((number) => ({ model: model.id, number })));
  return versions.length === 0 ? {} : { model_versions: versions.map(encodeVersion) };
}

async function one(services: Services, model: Model): Promise<object> {
  const [registered_model] = await encodeModels(services, [model]);
  return { registered_model };
}

/**
 * Deleting a model frees its name on this wire, while core keeps it so that it can be restored: until somebody asks for the name.
 * @throws WireError when a living model has it.
 */
async function freeName(services: Services, name: string, wantsPrompt: boolean): Promise<void> {
  const holder = await services.models.find(name);
  if (holder === undefined) return;
  if (holder.deletedAt === null) throw taken(holder, wantsPrompt);
  await services.models.purge(holder.id);
}

/** The same for a name that was taken a moment ago. */
async function orTaken<T>(services: Services, name: string, wantsPrompt: boolean, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!isTrackerError(error) || error.code !== "conflict") throw error;
    const holder = await services.models.find(name);
    throw holder === undefined ? error : taken(holder, wantsPrompt);
  }
}

function taken({ name, tags }: Model, wantsPrompt: boolean): WireError {
  const kinds = [wantsPrompt, isPrompt(tags)].map((prompt) => (prompt ? "Prompt" : "Registered Model"));
  const [wanted = "", there = ""] = kinds;
  const message =
    wanted === there
      ? `${wanted} (name=${name}) already exists.`
      : `Tried to create a ${wanted.toLowerCase()} with name ${pythonRepr(name)}, but the name is already taken by a ${there.toLowerCase()}. MLflow does not allow creating a model and a prompt with the same name.`;
  return new WireError("RESOURCE_ALREADY_EXISTS", message);
}
