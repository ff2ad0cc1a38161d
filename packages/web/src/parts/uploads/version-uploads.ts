import { useSyncExternalStore } from "react";
import type { FoundFile } from "./dropped-files.ts";
import { sendFile } from "./send-file.ts";
import { uploadMemory } from "./upload-memory.ts";
import { createUploadQueue, isUnderWay, type UploadItem, type UploadQueue } from "./upload-queue.ts";
import { versionWire } from "./version-wire.ts";

interface Target {
  readonly model: number;
  readonly number: number;
}

const queues = new Map<string, UploadQueue<File>>();

/** The uploads into a draft. They go on while other screens are looked at, until the page is closed. */
export function versionUploads(target: Target): UploadQueue<File> {
  const name = `${target.model}/${target.number}`;
  const known = queues.get(name);
  if (known !== undefined) return known;
  const queue = createUploadQueue<File>({
    send: ({ path, file }, hooks) =>
      sendFile(
        { path, file, wire: versionWire(target, path, file.type), memory: uploadMemory(`${name}/${path}`, file) },
        hooks,
      ),
  });
  queue.subscribe(guardLeaving);
  queues.set(name, queue);
  return queue;
}

export function useVersionUploads(target: Target): readonly UploadItem[] {
  const queue = versionUploads(target);
  return useSyncExternalStore(queue.subscribe, queue.snapshot);
}

/** Puts found files into a folder of a draft, "" the top. */
export function uploadInto(target: Target, folder: string, files: readonly FoundFile[]): void {
  const before = folder === "" ? "" : `${folder}/`;
  versionUploads(target).add(files.map(({ path, file }) => ({ path: before + path, size: file.size, file })));
}

const askBeforeLeaving = (event: BeforeUnloadEvent) => event.preventDefault();
let isGuarded = false;

/** The browser asks before the page is closed while something is on its way. */
function guardLeaving(): void {
  const isBusy = [...queues.values()].some((queue) => queue.snapshot().some(isUnderWay));
  if (isBusy === isGuarded) return;
  isGuarded = isBusy;
  if (isBusy) window.addEventListener("beforeunload", askBeforeLeaving);
  else window.removeEventListener("beforeunload", askBeforeLeaving);
}
