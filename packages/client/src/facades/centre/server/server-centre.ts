import { invalid, type Model, notFound, TrackerError, type Version } from "@cairn/core";
import { pipeName } from "../names.ts";
import { type Centre, type CentreVersion, type Profile, type Visibility, visibilities } from "../port.ts";
import type { CentreServices } from "../services.ts";
import { comparePaths } from "../walk.ts";
import { serverFiles } from "./server-files.ts";

const KEY = "centre.key";
const VISIBILITY = "centre.visibility";
/** Models and versions that a page of a list holds. */
const PAGE = 1000;

/**
 * A centre that is a server: profiles are its models, and a pipe is a version with the label, a draft until it is sealed.
 * What was stored there in any other way is seen here too.
 *
 * @param url of the server, without a slash at the end
 */
export function serverCentre(services: CentreServices, url: string, project?: string): Centre {
  const { models, versions } = services;

  const profileOf = ({ id, name, tags }: Model): Profile => ({
    model: name,
    filerepo: `${url}/api/v1/models/${id}`,
    server: url,
    filereporoot: `${url}/api/v1/models`,
    filedb: `${url}/api/v1/models/${id}/versions`,
    key: tags[KEY] ?? "",
    visibility: visibilities.find((one) => one === tags[VISIBILITY]) ?? "private",
  });

  const infoOf = (version: Version): CentreVersion => ({
    model: version.name,
    version: version.label ?? String(version.number),
    dir: `${url}/api/v1/models/${version.model}/versions/${version.number}/files/`,
    state: version.state,
    createdAt: version.createdAt,
    files: version.files,
    bytes: version.bytes,
  });

  const filesOf = (version: Version) => serverFiles(services, version, infoOf(version));

  /** A deleted model is as good as none for readers; `writable` says so to writers. */
  const findModel = async (name: string): Promise<Model | undefined> => {
    const model = await models.find(name, project);
    return model?.deletedAt == null ? model : undefined;
  };

  const writable = async (name: string): Promise<Model | undefined> => {
    const model = await models.find(name, project);
    if (model?.deletedAt == null) return model;
    throw new TrackerError("precondition", `Model '${name}' is deleted and takes no files; restore it first.`, {
      model: model.id,
      state: "deleted",
    });
  };

  /** A label wins over a number: it is what this centre's users gave. */
  const findVersion = async (model: Model, version: string): Promise<Version | undefined> => {
    const filter = `label = '${version.replaceAll("'", "''")}'`;
    const { items } = await versions.search({ filter, models: [model.id], limit: 1, project });
    return items[0] ?? versions.find(model.id, version);
  };

  return Object.freeze<Centre>({
    kind: "server",
    root: url,
    findProfile: async (name) => {
      const model = await findModel(name);
      return model && profileOf(model);
    },
    profiles: async () => {
      const all: Profile[] = [];
      for (let cursor: string | undefined, isMore = true; isMore; isMore = cursor !== undefined) {
        const page = await models.search({ limit: PAGE, cursor, project });
        all.push(...page.items.map(profileOf));
        cursor = page.next ?? undefined;
      }
      return all.sort((a, b) => comparePaths(a.model, b.model));
    },
    register: async (name, visibility) => {
      const known = (await writable(name)) ?? (await models.create({ name, project, onConflict: "skip" }));
      const change: Record<string, string> = {};
      if (known.tags[KEY] === undefined) change[KEY] = crypto.randomUUID();
      const next: Visibility | undefined = visibility ?? (known.tags[VISIBILITY] === undefined ? "private" : undefined);
      if (next !== undefined && next !== known.tags[VISIBILITY]) change[VISIBILITY] = next;
      if (Object.keys(change).length === 0) return profileOf(known);
      return profileOf(await models.update(known.id, { tags: change }));
    },
    versions: async (name) => {
      const model = await findModel(name);
      const all: Version[] = [];
      for (let cursor: string | undefined, isMore = model !== undefined; isMore; isMore = cursor !== undefined) {
        const models = model === undefined ? [] : [model.id];
        const page = await versions.search({ models, order: "number asc", limit: PAGE, cursor, project });
        all.push(...page.items);
        cursor = page.next ?? undefined;
      }
      return all.map(infoOf);
    },
    find: async (name, version) => {
      const model = await findModel(name);
      const found = model && (await findVersion(model, version));
      return found && filesOf(found);
    },
    open: async (name, version) => {
      const model = await writable(name);
      if (model === undefined)
        throw notFound(`No model '${name}' is registered in the centre ${url}.`, { model: name });
      pipeName(name, version);
      const found = await findVersion(model, version);
      return filesOf(found ?? (await versions.create(model.id, { label: version, onConflict: "skip" })));
    },
    delete: async (name, version) => {
      const model = await writable(name);
      const found = model && (await findVersion(model, version));
      if (found === undefined) return;
      if (found.state === "sealed")
        throw invalid(
          `Version '${version}' of '${name}' is sealed; it is deleted as a version of the model, not as files.`,
        );
      await versions.delete(found.model, found.number);
    },
  });
}
