import { constants, open } from "node:fs/promises";
import type { Digest } from "@cairn/core";
import { isMissing } from "../disk/storage-error.ts";
import { NO_FOLLOW } from "./shards.ts";

/** What the file `state` of an upload says: JSON lines, only ever appended to. */
export interface UploadRecord {
  readonly size: number | null;
  readonly createdAt: number;
  /** Bytes of `data` that are acknowledged; what lies behind them is the rest of a part that broke off. */
  readonly received: number;
  /** Set before the data is moved to its place, so that a finish whose answer was lost can be told its outcome. */
  readonly finished: { readonly digest: Digest; readonly size: number } | null;
  /** Bytes of the state file up to its last whole line. */
  readonly length: number;
}

type Line =
  | { readonly upload: 1; readonly size: number | null; readonly createdAt: number }
  | { readonly received: number }
  | { readonly finished: Digest; readonly size: number };

/** Undefined when there is none, or its very first line is not whole: then nothing of it was acknowledged. */
export async function readUpload(path: string): Promise<UploadRecord | undefined> {
  let text: string;
  try {
    const file = await open(path, constants.O_RDONLY | NO_FOLLOW);
    try {
      text = await file.readFile("utf8");
    } finally {
      await file.close();
    }
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
  return parseUpload(text);
}

export function parseUpload(text: string): UploadRecord | undefined {
  let record: UploadRecord | undefined;
  let length = 0;
  for (const [line] of text.matchAll(/.*\n/g)) {
    const entry = parseLine(line);
    if (entry === undefined) break;
    length += Buffer.byteLength(line);
    if ("upload" in entry) {
      record = { size: entry.size, createdAt: entry.createdAt, received: 0, finished: null, length };
    } else if (record !== undefined && "received" in entry) {
      record = { ...record, received: entry.received, length };
    } else if (record !== undefined && "finished" in entry) {
      record = { ...record, finished: { digest: entry.finished, size: entry.size }, length };
    }
  }
  return record;
}

/** Undefined for a line that a power cut left unwritten: it and all behind it were never acknowledged. */
function parseLine(text: string): Line | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Adds a line behind the last whole one (a crash may have left a piece of a line there); on disk when it answers. */
export async function appendUpload(path: string, length: number, line: Line, at: number): Promise<void> {
  const file = await open(path, constants.O_RDWR | constants.O_CREAT | NO_FOLLOW, 0o666);
  try {
    await file.truncate(length);
    await file.write(`${JSON.stringify(line)}\n`, length);
    await file.datasync();
    await file.utimes(at / 1000, at / 1000);
  } finally {
    await file.close();
  }
}
