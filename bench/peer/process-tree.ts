import { readdirSync, readFileSync } from "node:fs";

/** Bytes that a process and all below it hold: each page shared by several of them counts once. NaN where /proc is missing. */
export function readTreeMemory(pid: number): number {
  let bytes = 0;
  for (const one of listTree(pid)) bytes += readShare(one);
  return bytes;
}

function listTree(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const parent = readParent(Number(name));
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const tree = [root];
  for (const pid of tree) tree.push(...(children.get(pid) ?? []));
  return tree;
}

function readParent(pid: number): number | undefined {
  const text = read(`/proc/${pid}/stat`);
  // The name stands in parentheses and may hold anything.
  return text === undefined ? undefined : Number(text.slice(text.lastIndexOf(")") + 2).split(" ")[1]);
}

function readShare(pid: number): number {
  const kib = /^Pss:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/smaps_rollup`) ?? "")?.[1];
  return kib === undefined ? Number.NaN : Number(kib) * 1024;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
