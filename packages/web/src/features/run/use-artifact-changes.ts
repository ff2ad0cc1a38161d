import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { problemText } from "../../lib/problem.ts";
import { server } from "../../lib/server.ts";
import { useTexts } from "../../lib/texts.ts";
import type { FileSource } from "../../parts/files/file-source.ts";
import type { FoundFile } from "../../parts/uploads/dropped-files.ts";
import { runWire } from "../../parts/uploads/run-wire.ts";
import { sendFile } from "../../parts/uploads/send-file.ts";
import { uploadMemory } from "../../parts/uploads/upload-memory.ts";
import { tell } from "../../ui/Toasts.tsx";
import { runPageTexts } from "./texts.ts";

export interface UploadProgress {
  readonly done: number;
  readonly all: number;
}

/** Adding and removing a run's files, with messages about what was done. */
export function useArtifactChanges(run: string) {
  const t = useTexts(runPageTexts);
  const client = useQueryClient();
  const [progress, setProgress] = useState<UploadProgress>();
  // What is shown of a file itself follows the server's hint: one that was just deleted is asked for no more.
  const refresh = () => void client.invalidateQueries({ queryKey: ["artifacts", run, "list"] });
  const refused = (text: string, error: unknown) => tell({ text, detail: problemText(error), look: "bad" });

  /** One behind the other; one that fails does not hold up the others. A large one goes on where it was broken off. */
  const upload = async (files: readonly FoundFile[], folder: string) => {
    const { signal } = new AbortController();
    let done = 0;
    for (const [index, { path: name, file }] of files.entries()) {
      setProgress({ done: index, all: files.length });
      const path = folder + name;
      try {
        const wire = runWire(run, path, file.type);
        const memory = uploadMemory(`${run}/${path}`, file);
        await sendFile({ path, file, wire, memory }, { signal, onProgress: () => undefined });
        done++;
      } catch (error) {
        refused(t.uploadFailed(name), error);
      }
    }
    setProgress(undefined);
    if (done > 0) tell({ text: t.uploaded(done) });
    refresh();
  };

  /** The bytes are kept for a while, so that the name can be given back to them. */
  const removeFile = async (source: FileSource, path: string): Promise<boolean> => {
    try {
      const content = await source.find(path);
      await server.artifacts.delete(run, path);
      const digest = content?.tag ?? "";
      const bringBack = async () => {
        try {
          await server.artifacts.link(run, path, digest, { contentType: content?.contentType });
          tell({ text: t.restoredFile(path) });
          refresh();
        } catch (error) {
          refused(t.actionFailed, error);
        }
      };
      const hasWayBack = /^[0-9a-f]{64}$/.test(digest);
      tell({
        text: t.deletedFile(path),
        ...(hasWayBack && { action: { label: t.undo, run: () => void bringBack() } }),
      });
      refresh();
      return true;
    } catch (error) {
      refused(t.actionFailed, error);
      return false;
    }
  };

  const removeFolder = async (path: string) => {
    await server.artifacts.delete(run, path);
    tell({ text: t.deletedFile(path) });
    refresh();
  };

  return { progress, upload, removeFile, removeFolder };
}
