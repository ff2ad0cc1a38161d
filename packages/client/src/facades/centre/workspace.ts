import { mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { replaceText } from "../../local-file.ts";
import type { UploadMemory } from "../../upload.ts";
import { OWN_FOLDER } from "./walk.ts";

type Texts = Record<string, string>;

/**
 * What a workspace remembers in `.cairn/`: on which digests it agreed last with each version of each centre, which large
 * uploads are under way, and parts of files that are being pulled. Without it nothing is lost but that knowledge: where it
 * cannot be kept (a folder that is only read, a full disk), a transfer that went well is no failure.
 */
export function workspaceOf(folder: string) {
  const syncPath = join(folder, OWN_FOLDER, "sync.json");
  const uploadsPath = join(folder, OWN_FOLDER, "uploads.json");
  return {
    parts: join(folder, OWN_FOLDER, "parts"),
    base: async (pipe: string): Promise<ReadonlyMap<string, string>> =>
      new Map(Object.entries((await readJson<Record<string, Texts>>(syncPath))[pipe] ?? {})),
    agree: async (pipe: string, digests: ReadonlyMap<string, string>): Promise<void> => {
      if (digests.size === 0) return;
      const all = await readJson<Record<string, Texts>>(syncPath);
      const next = new Map([...Object.entries(all[pipe] ?? {}), ...digests]);
      const text = `${JSON.stringify({ ...all, [pipe]: Object.fromEntries(next) })}\n`;
      await keepText(syncPath, text);
    },
    uploads: Object.freeze<UploadMemory>({
      find: async (digest) => (await readJson<Texts>(uploadsPath))[digest],
      keep: async (digest, id) => {
        const { [digest]: _, ...others } = await readJson<Texts>(uploadsPath);
        const text = JSON.stringify(id === undefined ? others : { ...others, [digest]: id });
        await keepText(uploadsPath, text);
      },
    }),
  };
}

async function keepText(path: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await replaceText(path, text);
  } catch {
    // Nothing but knowledge is lost; see above.
  }
}

async function readJson<T extends object>(path: string): Promise<Partial<T>> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as T;
  } catch {
    return {};
  }
}
