import { basename, dirname } from "node:path";
import { notFound } from "@cairn/core";
import { checkModelName, pipeName } from "./names.ts";
import { openCentre } from "./open-centre.ts";
import type { PipeConfig } from "./pipe.ts";
import type { Centre, CentreVersion } from "./port.ts";

/** Which centre: by the `cfg.json` of a folder, by its path, or the one that `openCentre` finds. */
export interface CentreChoice {
  readonly filecfg?: string | undefined;
  readonly centerPath?: string | Centre | undefined;
}

function chosenCentre({ filecfg, centerPath }: CentreChoice): Centre {
  if (filecfg === undefined || /^https?:\/\//i.test(filecfg)) return openCentre(filecfg ?? centerPath);
  return openCentre(basename(filecfg) === "cfg.json" ? dirname(filecfg) : filecfg);
}

/** Every model of a centre by name. Keys are masked: a pipe's own `config` has its key. */
export async function listProfiles(choice: CentreChoice = {}): Promise<Record<string, PipeConfig>> {
  const profiles = await chosenCentre(choice).profiles();
  return Object.fromEntries(profiles.map(({ model, key, ...config }) => [model, { ...config, key: mask(key) }]));
}

function mask(key: string): string {
  return key === "" ? "" : `${key.slice(0, 4)}…`;
}

export interface LocalApi {
  /** The names of the model's versions that have files, oldest first; with `includeEmpty` those without, too. */
  listLocalPipes(options?: { readonly includeEmpty?: boolean | undefined }): Promise<string[]>;
  /** The same with what the centre knows of them. */
  listVersions(): Promise<readonly CentreVersion[]>;
}

/**
 * What a centre has of one model.
 *
 * @example
 * const names = await APILocal({ profile: "model_name", filecfg: "/your/path/cfg.json" }).listLocalPipes();
 */
export function APILocal({ profile, ...choice }: CentreChoice & { readonly profile: string }): LocalApi {
  const model = checkModelName(profile);
  const centre = chosenCentre(choice);
  const listVersions = async () => {
    if ((await centre.findProfile(model)) !== undefined) return centre.versions(model);
    throw notFound(`No model '${model}' is registered in the centre ${centre.root}. See listProfiles().`, { model });
  };
  return Object.freeze<LocalApi>({
    listVersions,
    listLocalPipes: async ({ includeEmpty = false } = {}) =>
      (await listVersions())
        .filter(({ files }) => includeEmpty || files > 0)
        .map(({ version }) => pipeName(model, version)),
  });
}
