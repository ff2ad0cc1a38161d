import { conflict, invalid } from "@cairn/core";

export const merges = ["error", "keep", "overwrite"] as const;
/**
 * What to do with a file that both sides changed since they last agreed: refuse all, before anything moves (`error`,
 * the default); `keep` the one that stands where files would go; `overwrite` it.
 */
export type Merge = (typeof merges)[number];

export interface Side {
  readonly path: string;
  readonly size: number;
  readonly digest: string;
}

export interface Move {
  readonly path: string;
  readonly size: number;
  readonly action: "new" | "changed";
}

/** What would move, and why the rest would not. */
export interface Plan {
  readonly moves: readonly Move[];
  /** The same on both sides already. */
  readonly unchanged: readonly string[];
  /** Newer where files would go, or kept there by the policy. */
  readonly kept: readonly string[];
}

/**
 * Compares two sides file by file with what they agreed on last (`base`: digests by path), as a merge of three does.
 * Nothing is ever deleted.
 *
 * @throws conflict with `details.paths`, for files that both sides changed, and where a file meets a folder
 */
export function planMoves(
  from: readonly Side[],
  to: readonly Side[],
  base: ReadonlyMap<string, string>,
  merge: Merge = "error",
): Plan {
  if (!merges.includes(merge)) throw invalid(`A merge policy is ${merges.join(", ")}, not '${String(merge)}'.`);
  checkShapes(from, to);
  const there = new Map(to.map((side) => [side.path, side]));
  const moves: Move[] = [];
  const unchanged: string[] = [];
  const kept: string[] = [];
  const clashes: string[] = [];
  for (const { path, size, digest } of from) {
    const old = there.get(path);
    if (old === undefined) moves.push({ path, size, action: "new" });
    else if (old.digest === digest) unchanged.push(path);
    else if (merge === "overwrite" || old.digest === base.get(path)) moves.push({ path, size, action: "changed" });
    else if (merge === "keep" || digest === base.get(path)) kept.push(path);
    else clashes.push(path);
  }
  if (clashes.length === 0) return { moves, unchanged, kept };
  throw conflict(
    `${clashes.length === 1 ? "A file differs" : `${clashes.length} files differ`} on both sides: ${few(clashes)}. Nothing was moved. Say merge 'keep' or 'overwrite', or leave them out.`,
    { paths: clashes },
  );
}

function checkShapes(from: readonly Side[], to: readonly Side[]): void {
  const isFile = new Set(to.map(({ path }) => path));
  const isFolder = new Set(to.flatMap(({ path }) => parentsOf(path)));
  for (const { path } of from) {
    const parent = parentsOf(path).find((one) => isFile.has(one));
    if (parent !== undefined)
      throw conflict(`'${parent}' is a file there, so '${path}' cannot lie below it. Nothing was moved.`, { path });
    if (isFolder.has(path)) throw conflict(`'${path}' is a folder there and a file here. Nothing was moved.`, { path });
  }
}

function parentsOf(path: string): string[] {
  const parents: string[] = [];
  for (let end = path.indexOf("/"); end >= 0; end = path.indexOf("/", end + 1)) parents.push(path.slice(0, end));
  return parents;
}

export function few(paths: readonly string[]): string {
  const shown = paths.slice(0, 5).map((path) => `'${path.slice(0, 100)}'`);
  return `${shown.join(", ")}${paths.length > 5 ? ", …" : ""}`;
}
