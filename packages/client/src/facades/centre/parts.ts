import { access, constants, mkdir, rename, rm, stat, truncate } from "node:fs/promises";
import { dirname, join } from "node:path";
import { conflict, isTrackerError, parseArtifactPath } from "@cairn/core";
import { pause, retryDelay } from "../../transport.ts";
import { appendFlushed, counted, makePlace, readLocalFile } from "./disk.ts";
import type { CentreFile, VersionFiles } from "./port.ts";

/** Breaks in a row before a pull gives up; what has come is kept for the next one. */
const MAX_TRIES = 5;

/** Files on their way into a folder: each a part named by its digest, which takes its place once all have come. */
export function partsIn(folder: string) {
  const partOf = ({ digest }: CentreFile) => join(folder, digest);

  return {
    /** How much disk the files still take: all places, less what lies in parts. */
    missing: async (wanted: readonly CentreFile[]): Promise<number> => {
      let bytes = wanted.reduce((sum, { size }) => sum + size, 0);
      for (const [, file] of new Map(wanted.map((one) => [one.digest, one])))
        bytes -= Math.min(await sizeOf(partOf(file)), file.size);
      return bytes;
    },

    /**
     * Goes on where the part ends, as often as the line breaks. The same bytes under two names are fetched once.
     * @param tell is given how many bytes of the file are there; what it throws ends the pull
     */
    fetch: async (files: VersionFiles, file: CentreFile, tell: (bytes: number) => void): Promise<void> => {
      await mkdir(folder, { recursive: true });
      const part = partOf(file);
      for (let failures = 0, last = -1; ; ) {
        const start = await sizeOf(part);
        if (start > file.size) await truncate(part, 0);
        else {
          if (start > last) failures = 0;
          last = start;
          try {
            // An empty file has no part yet.
            if (start < file.size || file.size === 0)
              await appendFlushed(part, counted(files.read(file, start), start, tell));
            if ((await readLocalFile(part)).digest === file.digest) return;
            await rm(part, { force: true });
            if (failures++ > 0)
              throw conflict(`'${file.path}' arrived damaged, twice. Nothing was changed; check the centre.`, {
                path: file.path,
              });
            last = -1;
          } catch (error) {
            if (!isTrackerError(error) || error.code !== "unavailable" || failures >= MAX_TRIES) throw error;
            await pause(retryDelay(failures++, error));
          }
        }
      }
    },

    /** Puts files that have come into their places. All that may fail is done before the first file is replaced. */
    settle: async (root: string, wanted: readonly CentreFile[]): Promise<void> => {
      const moves: { readonly from: string; readonly to: string }[] = [];
      const taken = new Set<string>();
      for (const file of wanted) {
        const to = await makePlace(root, parseArtifactPath(file.path));
        await access(dirname(to), constants.W_OK);
        const part = partOf(file);
        const from = taken.has(part) ? `${part}.${moves.length}` : part;
        if (from !== part) {
          await rm(from, { force: true });
          await appendFlushed(from, (await readLocalFile(part)).slice(0, Number.MAX_SAFE_INTEGER));
        }
        taken.add(part);
        moves.push({ from, to });
      }
      for (const { from, to } of moves) await rename(from, to);
    },
  };
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}
