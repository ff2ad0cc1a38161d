import { readFile, stat } from "node:fs/promises";
import { replaceText } from "../../../local-file.ts";
import { readLocalFile } from "../disk.ts";
import type { CentreFile } from "../port.ts";
import type { Found } from "../walk.ts";

/** Digests of a file that had this size and these times: with others it is read again. */
interface Known {
  readonly stamp: string;
  readonly digest: string;
  readonly md5: string;
}

/**
 * `.filedb.json`: what was found out by reading files, by version and path. A cache: without it, or when it is broken,
 * files are read again.
 */
export function fileDb(path: string) {
  const read = async (): Promise<Map<string, Known>> => {
    try {
      return new Map(Object.entries(JSON.parse(await readFile(path, "utf8")) as Record<string, Known>));
    } catch {
      return new Map();
    }
  };

  /** The facts of a version's files, in their order. */
  return async (version: string, files: readonly Found[]): Promise<CentreFile[]> => {
    const known = await read();
    const mine = `${version}/`;
    const next = new Map([...known].filter(([key]) => !key.startsWith(mine)));
    let isChanged = known.size !== next.size + files.length;
    const facts: CentreFile[] = [];
    for (const { path: name, file } of files) {
      const info = await stat(file, { bigint: true });
      const stamp = `${info.size} ${info.mtimeNs} ${info.ctimeNs} ${info.ino}`;
      const key = `${mine}${name}`;
      const old = known.get(key);
      const { digest, md5 } = old?.stamp === stamp ? old : await readLocalFile(file);
      if (old?.stamp !== stamp) isChanged = true;
      next.set(key, { stamp, digest, md5 });
      facts.push({ path: name, size: Number(info.size), digest, md5, modifiedAt: Number(info.mtimeNs / 1_000_000n) });
    }
    // Where it cannot be kept (a centre that is only read), the files are read again next time.
    if (isChanged) await replaceText(path, JSON.stringify(Object.fromEntries(next))).catch(() => {});
    return facts;
  };
}
