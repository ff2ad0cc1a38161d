import type { Model, Version } from "@cairn/core";
import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { copyText } from "../../lib/copy-text.ts";
import { problemText } from "../../lib/problem.ts";
import { server } from "../../lib/server.ts";
import { useTexts } from "../../lib/texts.ts";
import { tell } from "../../ui/Toasts.tsx";
import { nameOfVersion } from "./name-of-version.ts";
import { versionTexts } from "./version-texts.ts";

type NamedVersion = Pick<Version, "model" | "name" | "number" | "label">;

export interface VersionActions {
  /** Points an alias at a version and offers to take it back. Throws what the server refuses. */
  setAlias(model: Model, alias: string, number: number, reason?: string): Promise<void>;
  removeAlias(model: Model, alias: string): Promise<void>;
  seal(version: NamedVersion): Promise<void>;
  /** For good. What is shown is not read again yet: the screen may be about it. */
  remove(version: NamedVersion): Promise<void>;
  copy(text: string): Promise<void>;
  /** Runs a change that has its own place to be undone in; a refusal is said in the corner. */
  attempt(change: () => Promise<unknown>): Promise<boolean>;
  /** Reads again what is shown of models and versions. */
  refresh(): Promise<unknown>;
}

/** What can be done with models and versions on several screens: each says what it did, and how it is undone. */
export function useVersionActions(): VersionActions {
  const t = useTexts(versionTexts);
  const client = useQueryClient();
  return useMemo(() => {
    const refresh = () =>
      Promise.all(["models", "versions"].map((noun) => client.invalidateQueries({ queryKey: [noun] as QueryKey })));
    const attempt = async (change: () => Promise<unknown>, words: string = t.failed) => {
      try {
        await change();
        return true;
      } catch (error) {
        tell({ text: words, detail: problemText(error), look: "bad" });
        return false;
      } finally {
        void refresh();
      }
    };
    const undo = (change: () => Promise<unknown>) => ({
      label: t.undo,
      run: () => void attempt(change, t.notUndone),
    });
    return {
      async setAlias(model, alias, number, reason) {
        const before = model.aliases[alias];
        await server.models.setAlias(model.id, alias, number, reason || undefined);
        void refresh();
        tell({
          text: t.aliasMoved(alias, number),
          action: undo(() =>
            before === undefined
              ? server.models.deleteAlias(model.id, alias, false, t.aliasUndoReason)
              : server.models.setAlias(model.id, alias, before, t.aliasUndoReason),
          ),
        });
      },
      async removeAlias(model, alias) {
        const before = model.aliases[alias];
        await attempt(async () => {
          await server.models.deleteAlias(model.id, alias);
          tell({
            text: t.aliasRemoved(alias),
            ...(before === undefined
              ? {}
              : { action: undo(() => server.models.setAlias(model.id, alias, before, t.aliasUndoReason)) }),
          });
        });
      },
      async seal(version) {
        await server.versions.seal(version.model, version.number);
        void refresh();
        tell({ text: t.wasSealed(nameOfVersion(version)) });
      },
      async remove(version) {
        await server.versions.delete(version.model, version.number);
        tell({ text: t.wasDeleted(nameOfVersion(version)) });
      },
      async copy(text) {
        await copyText(text);
        tell({ text: t.copied, detail: text });
      },
      attempt: (change) => attempt(change),
      refresh,
    };
  }, [t, client]);
}
