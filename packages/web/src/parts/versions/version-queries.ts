import type { Artifact, Model, Run, Version } from "@cairn/core";
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { literalText } from "../../lib/filter-text.ts";
import { server } from "../../lib/server.ts";

/** How many versions a list shows before it is asked for more. */
const PAGE = 50;
const MANIFEST_PAGE = 10_000;
/** A listing stops here, and says so. */
export const MAX_FILES = 50_000;

/** What the screens of models, versions and files ask the server. */
export const versionQueries = {
  model: (name: string) =>
    queryOptions({
      queryKey: ["models", "named", name],
      queryFn: async (): Promise<Model | null> => (await server.models.find(name)) ?? null,
    }),
  /** A model's versions, newest first, page by page. */
  versions: (model: number) =>
    infiniteQueryOptions({
      queryKey: ["versions", "of", model],
      queryFn: ({ pageParam }) =>
        server.versions.search({
          models: [model],
          order: "number desc",
          limit: PAGE,
          ...(pageParam === "" ? {} : { cursor: pageParam }),
        }),
      initialPageParam: "",
      getNextPageParam: ({ next }) => next,
    }),
  version: (model: number, ref: string) =>
    queryOptions({
      queryKey: ["versions", model, ref],
      queryFn: async (): Promise<Version | null> => (await server.versions.find(model, ref)) ?? null,
    }),
  /** Some versions at once, by "model/number" in the answer. */
  some: (keys: readonly { readonly model: number; readonly number: number }[]) =>
    queryOptions({
      queryKey: ["versions", "some", keys],
      queryFn: async () => {
        const found = keys.length === 0 ? [] : await server.versions.list(keys);
        return new Map(found.map((version) => [`${version.model}/${version.number}`, version]));
      },
    }),
  manifest: (model: number, number: number) =>
    queryOptions({
      queryKey: ["versions", model, "manifest", number],
      queryFn: (): Promise<Manifest> => readManifest(model, number),
    }),
  /** Several runs by id, those that there are. */
  runs: (ids: readonly string[]) =>
    queryOptions({
      queryKey: ["runs", "search", "ids", ids],
      queryFn: async (): Promise<ReadonlyMap<string, Run>> => {
        if (ids.length === 0) return new Map();
        const filter = `id IN (${ids.map(literalText).join(", ")})`;
        const { items } = await server.runs.search({ filter, lifecycle: "all", limit: ids.length });
        return new Map(items.map((run) => [run.id, run]));
      },
    }),
};

/** All files of a version, by path. */
export interface Manifest {
  readonly files: readonly Artifact[];
  /** There are more than a listing holds. */
  readonly isCut: boolean;
}

async function readManifest(model: number, number: number): Promise<Manifest> {
  const files: Artifact[] = [];
  let cursor: string | null = null;
  do {
    const page: { readonly items: readonly Artifact[]; readonly next: string | null } =
      await server.versionFiles.manifest(model, number, {
        limit: MANIFEST_PAGE,
        ...(cursor === null ? {} : { cursor }),
      });
    files.push(...page.items);
    cursor = page.next;
  } while (cursor !== null && files.length < MAX_FILES);
  return { files, isCut: cursor !== null };
}
