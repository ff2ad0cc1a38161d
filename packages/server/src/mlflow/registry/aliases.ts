import { clip } from "@cairn/core";
import { doesNotExist, invalidValue } from "../errors.ts";
import * as messages from "../proto/registry-messages.ts";
import { type Route, route } from "../route.ts";
import { encodeVersion } from "./encode.ts";
import { getModel, getVersion, hasVersion } from "./find.ts";
import { checkAliasForm, checkModelName, checkNewAlias } from "./names.ts";

/** Names that point at one version and move. */
export const aliasRoutes: readonly Route[] = [
  route("POST", "/registered-models/alias", messages.setAlias, async ({ services }, { name, alias, version }) => {
    checkModelName(name);
    checkNewAlias(alias);
    const found = await getVersion(services, name, version);
    await hasVersion(name, version, () => services.models.setAlias(found.model, alias, found.number));
    return undefined;
  }),

  route("DELETE", "/registered-models/alias", messages.namedAlias, async ({ services }, { name, alias }) => {
    checkModelName(name);
    checkAliasForm(alias);
    const model = await getModel(services, name);
    if (Object.hasOwn(model.aliases, alias)) await services.models.deleteAlias(model.id, alias);
    return undefined;
  }),

  route("GET", "/registered-models/alias", messages.namedAlias, async ({ services }, { name, alias }) => {
    checkModelName(name);
    checkAliasForm(alias);
    const model = await getModel(services, name);
    const isLatest = alias.toLowerCase() === "latest";
    const number = isLatest ? model.latest : Object.hasOwn(model.aliases, alias) ? model.aliases[alias] : null;
    if (number != null) return { model_version: encodeVersion(await services.versions.get(model.id, number)) };
    if (isLatest) throw doesNotExist(`Latest version not found for model ${name}.`);
    throw invalidValue(`Registered model alias ${clip(alias)} not found.`);
  }),
];
