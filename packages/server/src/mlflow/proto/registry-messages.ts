import { bool, int64, nested, repeated, required, text } from "./message.ts";

const name = required(text);
const tags = repeated(nested({ key: required(text), value: text }));
const tag = { key: required(text), value: text };
const search = { filter: text, max_results: int64, order_by: repeated(text), page_token: text };

export const createModel = { name, tags, description: text };
export const namedModel = { name };
export const updateModel = { name, description: text };
export const renameModel = { name, new_name: required(text) };
export const searchModels = search;
export const latestVersions = { name, stages: repeated(text) };
export const setModelTag = { name, ...tag };
export const deleteModelTag = { name, key: required(text) };

export const namedAlias = { name, alias: required(text) };
export const setAlias = { ...namedAlias, version: required(text) };

export const createVersion = {
  name,
  source: required(text),
  run_id: text,
  tags,
  run_link: text,
  description: text,
  model_id: text,
};
export const namedVersion = { name, version: required(text) };
export const updateVersion = { ...namedVersion, description: text };
export const transitionStage = { ...namedVersion, stage: required(text), archive_existing_versions: bool };
export const searchVersions = search;
export const setVersionTag = { ...namedVersion, ...tag };
export const deleteVersionTag = { ...namedVersion, key: required(text) };
