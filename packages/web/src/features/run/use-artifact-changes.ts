import { sourceOf, uploadFile } from "@cairn/client";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { problemText } from "../../lib/problem.ts";
import { server } from "../../lib/server.ts";
import { useTexts } from "../../lib/texts.ts";
import type { FileSource } from "../../parts/files/file-source.ts";
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
  const refresh = () => void client.invalidateQueries({ queryKey: ["artifacts", run] });
  const refused = (text: string, error: unknown) => tell({ text, detail: problemText(error), look: "bad" });

  /** One behind the other; one that fails does not hold up the others. */
  const upload = async (files: readonly File[], folder: string) => {
    let done = 0;
    for (const [index, file] of files.entries()) {
      setProgress({ done: index, all: files.length });
      try {
        const type = file.type === "" ? null : file.type;
        await uploadFile(server, run, folder + file.name, sourceOf(file), { contentType: type });
        done++;
      } catch (error) {
        refused(t.uploadFailed(file.name), error);
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
