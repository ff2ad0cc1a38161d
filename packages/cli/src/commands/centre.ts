import { existsSync, statSync } from "node:fs";
import {
  type Centre,
  checkModelName,
  checkVersionName,
  createPipe,
  describeFile,
  listProfiles,
  type Merge,
  memoryName,
  merges,
  openCentre,
  type Pipe,
  pushFiles,
  type ScannedFile,
  scanFiles,
  serverCentre,
  type Transfer,
  type TransferProgress,
  type Visibility,
  visibilities,
} from "@cairn/client/centre";
import { notFound } from "@cairn/core";
import { ConfigError, readServerUrl } from "../config.ts";
import { connect } from "../connect.ts";
import { formatAgo, formatBytes, formatTime } from "../format.ts";
import { paint } from "../paint.ts";
import { cell, print, printJson, printTable } from "../print.ts";
import { transferBar } from "../transfer-bar.ts";

export interface CentreFlags {
  readonly center?: string;
  readonly include?: string;
  readonly exclude?: string;
  readonly merge?: string;
  readonly subdir?: string;
  readonly sort?: string;
  readonly visibility?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** `push NAME:VERSION [PATH]`: sends what changed in a folder, or one file. */
export async function push(url: string | undefined, ref: string, from = ".", flags: CentreFlags): Promise<void> {
  const merge = oneOf("--merge", flags.merge, merges);
  const visibility = oneOf("--visibility", flags.visibility, visibilities);
  const centre = centreOf(url, flags);
  const { model, version } = parseRef(ref);
  const target = {
    pipe: memoryName({ centre, model, version }),
    find: () => centre.find(model, version),
    // What is rehearsed or refused registers nothing.
    open: async () => {
      await centre.register(model, visibility);
      return centre.open(model, version);
    },
  };
  if (!existsSync(from)) throw notFound(`There is no file or folder '${from}'.`);
  const transfer = await withBar(flags, (onProgress) =>
    pushFiles(target, from, { ...choiceOf(flags), subdir: flags.subdir, merge, dryRun: flags.dryRun, onProgress }),
  );
  report(transfer, flags, "push", "pushed");
}

/** `pull NAME:VERSION [FOLDER]`: fetches what changed in the centre. */
export async function pull(url: string | undefined, ref: string, to = ".", flags: CentreFlags): Promise<void> {
  const merge = oneOf("--merge", flags.merge, merges);
  if (existsSync(to) && !statSync(to).isDirectory())
    throw new ConfigError(`'${to}' is a file: name a folder to pull into.`);
  const pipe = await openPipe(centreOf(url, flags), ref);
  const transfer = await withBar(flags, (onProgress) =>
    pipe.pull(to, { ...choiceOf(flags), merge, dryRun: flags.dryRun, onProgress }),
  );
  report(transfer, flags, "pull", "pulled");
}

/** `scan NAME:VERSION`: the files in the centre. */
export async function scan(url: string | undefined, ref: string, flags: CentreFlags): Promise<void> {
  const sortby = oneOf("--sort", flags.sort, ["name", "mod", "size"] as const);
  const centre = centreOf(url, flags);
  const { model, version } = parseRef(ref);
  const files = (await centre.find(model, version)) ?? (await missing(centre, ref));
  const { sorted } = await scanFiles(files, { ...choiceOf(flags), sortby });
  const rows: ScannedFile[] = [];
  for (const file of sorted) rows.push(await describeFile(files, file));
  if (flags.json) return printJson(rows);
  if (rows.length === 0) return print(`No file of ${cell(ref, 260)} in the centre fits.`);
  printTable(
    [{ head: "FILE" }, { head: "SIZE", isNumber: true }, { head: "PUT THERE" }, { head: "MD5" }],
    rows.map(({ filename, size, modifiedAt, crc }) => [
      cell(filename, 120),
      formatBytes(size),
      formatTime(modifiedAt.getTime()),
      crc,
    ]),
  );
}

/** `profiles`: the models of a centre. */
export async function profiles(url: string | undefined, flags: CentreFlags): Promise<void> {
  const all = await listProfiles({ centerPath: centreOf(url, flags) });
  if (flags.json) return printJson(all);
  const entries = Object.entries(all);
  if (entries.length === 0) return print("No model is in the centre yet. Push one: cairn push NAME:VERSION FOLDER");
  printTable(
    [{ head: "MODEL" }, { head: "VISIBILITY" }, { head: "FILES AT" }],
    entries.map(([model, { visibility, filerepo }]) => [cell(model, 60), visibility, cell(filerepo, 200)]),
  );
}

/** `versions NAME`: the versions of a model, oldest first. */
export async function versions(url: string | undefined, name: string, flags: CentreFlags): Promise<void> {
  const centre = centreOf(url, flags);
  const model = checkModelName(name);
  if ((await centre.findProfile(model)) === undefined)
    throw notFound(`No model '${cell(model, 130)}' is in the centre ${centre.root}. See: cairn profiles`);
  const all = await centre.versions(model);
  if (flags.json) return printJson(all);
  if (all.length === 0) return print(`'${cell(model, 130)}' has no version yet.`);
  const now = Date.now();
  printTable(
    [
      { head: "VERSION" },
      { head: "STATE" },
      { head: "FILES", isNumber: true },
      { head: "SIZE", isNumber: true },
      { head: "CREATED" },
    ],
    all.map(({ version, state, files, bytes, createdAt }) => [
      cell(version, 130),
      state,
      String(files),
      formatBytes(bytes),
      formatAgo(createdAt, now),
    ]),
  );
}

/** `--center`, else CAIRN_CENTRE, else the server that the other commands ask. */
function centreOf(url: string | undefined, { center }: CentreFlags): Centre {
  const path = center ?? process.env["CAIRN_CENTRE"];
  if (center?.trim() === "") throw new ConfigError("--center needs a value; leave it out for the server.");
  if (path) return openCentre(path);
  return serverCentre(connect(url), readServerUrl(url, process.env));
}

function parseRef(ref: string): { readonly model: string; readonly version: string } {
  const [, model, version] = /^([^:]+):([^:]+)$/.exec(ref) ?? [];
  if (model === undefined || version === undefined)
    throw new ConfigError(`'${cell(ref, 200)}' names no version: write NAME:VERSION, such as credit:1.0.`);
  return { model: checkModelName(model), version: checkVersionName(version) };
}

async function openPipe(centre: Centre, ref: string): Promise<Pipe> {
  const { model, version } = parseRef(ref);
  const files = (await centre.find(model, version)) ?? (await missing(centre, ref));
  const profile = (await centre.findProfile(model)) ?? (await missing(centre, ref));
  return createPipe({ centre, model, version }, profile, files);
}

async function missing(centre: Centre, ref: string): Promise<never> {
  const { model, version } = parseRef(ref);
  const isKnown = (await centre.findProfile(model)) !== undefined;
  throw notFound(
    isKnown
      ? `'${model}' has no version '${version}'. See: cairn versions ${model}`
      : `No model '${model}' is in the centre ${centre.root}. See: cairn profiles`,
  );
}

function choiceOf({ include, exclude }: CentreFlags) {
  return { include, exclude };
}

function oneOf<T extends Merge | Visibility | "name" | "mod" | "size">(
  flag: string,
  text: string | undefined,
  allowed: readonly T[],
): T | undefined {
  if (text === undefined) return undefined;
  const found = allowed.find((one) => one === text);
  if (found === undefined) throw new ConfigError(`${flag} '${cell(text)}' is none of ${allowed.join(", ")}.`);
  return found;
}

function report(transfer: Transfer, { json }: CentreFlags, verb: string, done: string): void {
  if (json) {
    printJson(transfer);
    return;
  }
  const { moved, bytes, unchanged, kept, dryRun } = transfer;
  for (const { path, size, action } of moved) {
    print(
      `${action === "new" ? paint.green("new    ") : paint.yellow("changed")}  ${cell(path, 200)}  ${formatBytes(size)}`,
    );
  }
  for (const path of kept) print(`${paint.dim("kept   ")}  ${cell(path, 200)}`);
  const files = `${moved.length} ${moved.length === 1 ? "file" : "files"}, ${formatBytes(bytes)}`;
  const rest = unchanged.length === 0 ? "" : `; ${unchanged.length} unchanged`;
  print(dryRun ? `Would ${verb} ${files}${rest}.` : `${done[0]?.toUpperCase()}${done.slice(1)} ${files}${rest}.`);
}

async function withBar<T>(
  { json }: CentreFlags,
  act: (onProgress: (progress: TransferProgress) => void) => Promise<T>,
): Promise<T> {
  const bar = transferBar(!json);
  try {
    return await act(({ path, files, totalFiles, ...progress }) =>
      bar.tell({ ...progress, note: `${files}/${totalFiles} files  ${cell(path, 30)}` }),
    );
  } finally {
    bar.stop();
  }
}
