import { notFound, TrackerError } from "../errors.ts";
import { parseCheckpointId, parseDigest, parseRunId } from "../ids.ts";
import { checkText, checkWhole } from "../limits.ts";
import type { Page } from "../page.ts";
import type { RunFiles } from "../runs/files.ts";
import type { ArtifactOptions, Services } from "../services.ts";
import type { RecordStore, Stamp } from "../store/port.ts";
import type { ArtifactEntry } from "./artifact.ts";
import { parseContentType } from "./media.ts";
import { parseArtifactPath } from "./path.ts";
import type { ArtifactStore, WriteOptions } from "./port.ts";
import { type CheckWrite, type FileTarget, ownerOf } from "./target.ts";
import { checkpointTree, looseTree, runTree } from "./tree.ts";
import { treeClearing } from "./tree-clearing.ts";

const MAX_LIST = 10_000;
/** Of the project that every server is born with. */
const LOOSE_TREE = looseTree(1);

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
  readonly checkpointFiles: Services["checkpointFiles"];
  readonly files: Services["files"];
  readonly runFiles: RunFiles;
  readonly checkWrite: CheckWrite;
  /** As `artifacts.link`, for any target. */
  readonly link: (target: FileTarget, digest: string, options?: ArtifactOptions) => ReturnType<ArtifactStore["link"]>;
  readonly write: (
    target: FileTarget,
    bytes: AsyncIterable<Uint8Array>,
    options?: ArtifactOptions,
  ) => ReturnType<ArtifactStore["write"]>;
} {
  /** Throws not_found; or, before a byte is read, precondition: a deleted run or experiment takes no files. */
  const checkWritable = async (target: Omit<FileTarget, "path">) => {
    if (target.checkpoint !== undefined) {
      const { experiment } = await records.read("checkpoints.info", { id: parseCheckpointId(target.checkpoint) });
      if ((await records.read("experiments.get", { id: experiment })).deletedAt !== null) {
        throw deleted(`Experiment ${experiment} of checkpoint '${target.checkpoint}'`, { experiment });
      }
    } else if (target.run !== undefined) {
      const info = await records.read("runs.info", { id: parseRunId(target.run) });
      if (info.deletedAt !== null) throw deleted(`Run '${target.run}'`, { run: target.run });
    }
  };
  const checkKnown = async ({ run, checkpoint }: Omit<FileTarget, "path">) => {
    if (run !== undefined) await records.read("runs.info", { id: parseRunId(run) });
    if (checkpoint !== undefined) await records.read("checkpoints.info", { id: parseCheckpointId(checkpoint) });
  };
  const treeOf = ({ run, checkpoint }: Omit<FileTarget, "path">) => {
    if (checkpoint !== undefined) return checkpointTree(parseCheckpointId(checkpoint));
    return run === undefined ? LOOSE_TREE : runTree(parseRunId(run));
  };
  const writeOptions = (options: ArtifactOptions = {}): WriteOptions => ({
    ...stamp(),
    contentType: options.contentType == null ? null : parseContentType(options.contentType),
    descriptor: options.descriptor == null ? null : checkText("A descriptor", options.descriptor, 1000),
  });

  const list = async (
    owner: Omit<FileTarget, "path">,
    folder = "",
    options: ListOptions = {},
  ): Promise<Page<ArtifactEntry>> => {
    await checkKnown(owner);
    return artifacts.list(treeOf(owner), folder === "" ? "" : parseArtifactPath(folder), {
      after: options.cursor ?? null,
      limit: checkWhole("A limit", options.limit ?? 1000, 1, MAX_LIST),
    });
  };
  const find = async (target: FileTarget, revision?: number) => {
    await checkKnown(target);
    return artifacts.find(treeOf(target), parseArtifactPath(target.path), revision);
  };
  const write = async (target: FileTarget, bytes: AsyncIterable<Uint8Array>, options?: ArtifactOptions) => {
    const path = parseArtifactPath(target.path);
    await checkWritable(target);
    return artifacts.write(treeOf(target), path, bytes, writeOptions(options));
  };
  const link = async (target: FileTarget, digest: string, options?: ArtifactOptions) => {
    const path = parseArtifactPath(target.path);
    await checkWritable(target);
    return artifacts.link(treeOf(target), path, parseDigest(digest), writeOptions(options));
  };
  const remove = async (target: FileTarget): Promise<number> => {
    const path = parseArtifactPath(target.path);
    await checkWritable(target);
    const count = await artifacts.remove(treeOf(target), path, stamp().at);
    if (count > 0) return count;
    const { what, details } = ownerOf(target);
    throw notFound(what === null ? `There is no file '${path}'.` : `${what} has no artifact '${path}'.`, {
      ...details,
      path,
    });
  };

  return {
    artifacts: {
      list: async (run, folder, options) => list({ run }, folder, options),
      revisions: async (run, path) => {
        await checkKnown({ run });
        return records.read("artifacts.revisions", { tree: treeOf({ run }), path: parseArtifactPath(path) });
      },
      find: async (run, path, revision) => find({ run, path }, revision),
      write: async (run, path, bytes, options) => write({ run, path }, bytes, options),
      link: async (run, path, digest, options) => link({ run, path }, digest, options),
      delete: async (run, path) => remove({ run, path }),
    },
    checkpointFiles: {
      list: async (checkpoint, folder, options) => list({ checkpoint }, folder, options),
      find: async (checkpoint, path) => find({ checkpoint, path }),
      write: async (checkpoint, path, bytes, options) => write({ checkpoint, path }, bytes, options),
      link: async (checkpoint, path, digest, options) => link({ checkpoint, path }, digest, options),
      delete: async (checkpoint, path) => remove({ checkpoint, path }),
    },
    files: {
      list: async (folder, options) => list({}, folder, options),
      find: async (path) => find({ path }),
      write: async (path, bytes, options) => write({ path }, bytes, options),
      delete: async (path) => remove({ path }),
    },
    checkWrite: async (target, options) => {
      const path = parseArtifactPath(target.path);
      writeOptions(options);
      await checkWritable(target);
      if (artifacts.capabilities.revisions) await records.read("artifacts.writable", { tree: treeOf(target), path });
    },
    link,
    write,
    runFiles: treeClearing(records, artifacts),
  };
}

function deleted(what: string, details: Readonly<Record<string, unknown>>): TrackerError {
  return new TrackerError("precondition", `${what} is deleted and takes no writes; restore it first.`, {
    ...details,
    state: "deleted",
  });
}
