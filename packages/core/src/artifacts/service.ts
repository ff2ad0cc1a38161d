import { notFound, TrackerError } from "../errors.ts";
import { parseDigest, parseRunId } from "../ids.ts";
import { checkText, checkWhole } from "../limits.ts";
import type { Page } from "../page.ts";
import type { RunFiles } from "../runs/files.ts";
import type { ArtifactOptions, Services } from "../services.ts";
import type { RecordStore, Stamp } from "../store/port.ts";
import type { QueryOutput } from "../store/queries.ts";
import type { ArtifactEntry } from "./artifact.ts";
import { parseContentType } from "./media.ts";
import { parseArtifactPath } from "./path.ts";
import type { ArtifactStore, WriteOptions } from "./port.ts";
import { looseTree, runTree } from "./tree.ts";

const MAX_LIST = 10_000;
/** Of the project that every server is born with. */
const LOOSE_TREE = looseTree(1);

type RunIds = QueryOutput<"runs.ids">;

/** Refuses what a write of these would be refused for, before any byte is spent on it. */
export type CheckWrite = (run: string, path: string, options: ArtifactOptions) => Promise<void>;

interface ListOptions {
  readonly limit?: number;
  readonly cursor?: string;
}

/** What the wires ask of files, over whichever store stands behind them. */
export function artifactService(
  records: RecordStore,
  artifacts: ArtifactStore,
  stamp: () => Stamp,
): {
  readonly artifacts: Services["artifacts"];
  readonly files: Services["files"];
  readonly runFiles: RunFiles;
  readonly checkWrite: CheckWrite;
} {
  /** Refuses before a byte is read: an unknown or deleted run takes no files. */
  const checkWritable = async (run: string) => {
    const info = await records.read("runs.info", { id: parseRunId(run) });
    if (info.deletedAt === null) return;
    throw new TrackerError("precondition", `Run '${run}' is deleted and takes no writes; restore it first.`, {
      run,
      state: "deleted",
    });
  };
  const checkKnown = (run: string) => records.read("runs.info", { id: parseRunId(run) });
  const writeOptions = (options: ArtifactOptions = {}): WriteOptions => ({
    ...stamp(),
    contentType: options.contentType == null ? null : parseContentType(options.contentType),
    descriptor: options.descriptor == null ? null : checkText("A descriptor", options.descriptor, 1000),
  });
  const list = (tree: string, folder = "", options: ListOptions = {}): Promise<Page<ArtifactEntry>> =>
    artifacts.list(tree, folder === "" ? "" : parseArtifactPath(folder), {
      after: options.cursor ?? null,
      limit: checkWhole("A limit", options.limit ?? 1000, 1, MAX_LIST),
    });

  return {
    artifacts: {
      list: async (run, folder, options) => {
        await checkKnown(run);
        return list(runTree(parseRunId(run)), folder, options);
      },
      revisions: async (run, path) => {
        await checkKnown(run);
        return records.read("artifacts.revisions", { tree: runTree(parseRunId(run)), path: parseArtifactPath(path) });
      },
      find: async (run, path, revision) => {
        await checkKnown(run);
        return artifacts.find(runTree(parseRunId(run)), parseArtifactPath(path), revision);
      },
      write: async (run, path, bytes, options) => {
        const parsed = parseArtifactPath(path);
        await checkWritable(run);
        return artifacts.write(runTree(parseRunId(run)), parsed, bytes, writeOptions(options));
      },
      link: async (run, path, digest, options) => {
        const parsed = parseArtifactPath(path);
        await checkWritable(run);
        return artifacts.link(runTree(parseRunId(run)), parsed, parseDigest(digest), writeOptions(options));
      },
      delete: async (run, path) => {
        const parsed = parseArtifactPath(path);
        await checkWritable(run);
        const count = await artifacts.remove(runTree(parseRunId(run)), parsed, stamp().at);
        if (count === 0) throw notFound(`Run '${run}' has no artifact '${parsed}'.`, { run, path: parsed });
        return count;
      },
    },
    files: {
      list: async (folder, options) => list(LOOSE_TREE, folder, options),
      find: async (path) => artifacts.find(LOOSE_TREE, parseArtifactPath(path)),
      write: async (path, bytes, options) =>
        artifacts.write(LOOSE_TREE, parseArtifactPath(path), bytes, writeOptions(options)),
      delete: async (path) => {
        const count = await artifacts.remove(LOOSE_TREE, parseArtifactPath(path), stamp().at);
        if (count === 0) throw notFound(`There is no file '${path}'.`, { path });
        return count;
      },
    },
    checkWrite: async (run, path, options) => {
      const tree = runTree(parseRunId(run));
      const parsed = parseArtifactPath(path);
      writeOptions(options);
      await checkWritable(run);
      if (artifacts.capabilities.revisions) await records.read("artifacts.writable", { tree, path: parsed });
    },
    runFiles: {
      clear: async (run) => artifacts.clear(runTree(parseRunId(run))),
      clearAll: async (experiment) => {
        // Where rows name the files, they go with the rows.
        if (artifacts.capabilities.revisions) return async () => {};
        const clears: (() => Promise<void>)[] = [];
        for (let after: number | null = 0; after !== null; ) {
          const page: RunIds = await records.read("runs.ids", { experiment, after, limit: MAX_LIST });
          for (const run of page.ids) clears.push(await artifacts.clear(runTree(parseRunId(run))));
          after = page.next;
        }
        return async () => {
          for (const clear of clears) await clear();
        };
      },
    },
  };
}
