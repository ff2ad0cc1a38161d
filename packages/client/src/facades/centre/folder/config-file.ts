import { open, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { invalid, TrackerError } from "@cairn/core";
import { explainFileError, replaceText } from "../../../local-file.ts";
import { pause } from "../../../transport.ts";
import { type Profile, type Visibility, visibilities } from "../port.ts";
import { comparePaths } from "../walk.ts";

/** A lock older than this was left by a process that died: it is held for one small write. */
const STALE_MS = 30_000;
const PATIENCE_MS = 10_000;

/** What `cfg.json` says of a model. Places are written for readers; they follow from where the centre stands. */
interface Registered {
  readonly key: string;
  readonly visibility: Visibility;
}

/** `cfg.json`: the models that are registered in a folder centre, by name. */
export function configFile(root: string) {
  const path = join(root, "cfg.json");

  const profileOf = (model: string, { key, visibility }: Registered): Profile => {
    const filereporoot = join(root, "files");
    const filerepo = join(filereporoot, model);
    const server = pathToFileURL(root).href;
    return { model, filerepo, server, filereporoot, filedb: join(filerepo, ".filedb.json"), key, visibility };
  };

  const read = async (): Promise<Map<string, Registered>> => {
    let text: string;
    try {
      text = await readFile(path, "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return new Map();
      throw explainFileError(error, `Cannot read '${path}'`);
    }
    try {
      const entries = Object.entries(JSON.parse(text) as Record<string, Partial<Registered>>);
      return new Map(
        entries.map(([model, { key, visibility }]) => {
          const known = visibilities.find((one) => one === visibility) ?? "private";
          return [model, { key: String(key ?? ""), visibility: known }];
        }),
      );
    } catch {
      throw invalid(`'${path}' is no list of models: it must be a JSON object by name. Put it right, or take it away.`);
    }
  };

  return {
    profiles: async (): Promise<Profile[]> =>
      [...(await read())]
        .sort(([a], [b]) => comparePaths(a, b))
        .map(([model, registered]) => profileOf(model, registered)),
    find: async (model: string): Promise<Profile | undefined> => {
      const registered = (await read()).get(model);
      return registered && profileOf(model, registered);
    },
    put: async (model: string, change: (known: Registered | undefined) => Registered): Promise<Profile> =>
      withLock(`${path}.lock`, async () => {
        const all = await read();
        const next = change(all.get(model));
        all.set(model, next);
        const entries = [...all].map(([name, one]) => {
          const { model: _, ...profile } = profileOf(name, one);
          return [name, profile];
        });
        // The owner's alone: it holds the keys.
        await replaceText(path, `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`, 0o600);
        return profileOf(model, next);
      }),
  };
}

async function withLock<T>(path: string, act: () => Promise<T>): Promise<T> {
  for (let waited = 0; ; waited += 20) {
    try {
      await (await open(path, "wx")).close();
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw explainFileError(error, `Cannot write '${path}'`);
    }
    const age = await stat(path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > STALE_MS) await rm(path, { force: true });
    else if (waited > PATIENCE_MS)
      throw new TrackerError("unavailable", `Somebody else is writing the centre ('${path}'); try again.`);
    else await pause(20);
  }
  try {
    return await act();
  } finally {
    await rm(path, { force: true });
  }
}
