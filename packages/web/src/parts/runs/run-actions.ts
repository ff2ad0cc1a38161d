import type { Run } from "@cairn/core";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { literalText } from "../../lib/filter-text.ts";
import { forEachFew } from "../../lib/for-each-few.ts";
import { problemText } from "../../lib/problem.ts";
import { server } from "../../lib/server.ts";
import { useTexts } from "../../lib/texts.ts";
import { tell } from "../../ui/Toasts.tsx";
import { actionTexts } from "./action-texts.ts";

/** A run, as far as doing something with it needs it. */
export type RunRef = Pick<Run, "id" | "name">;

/**
 * What can be done with runs. Each call says what it did in a message, with undo where there is a way back, and what failed; it
 * resolves when that is so, and never rejects.
 */
export interface RunActions {
  remove(runs: readonly RunRef[]): Promise<void>;
  restore(runs: readonly RunRef[]): Promise<void>;
  /** For good: ask before. */
  purge(runs: readonly RunRef[]): Promise<void>;
  star(runs: readonly RunRef[], isStarred: boolean): Promise<void>;
  addLabels(runs: readonly RunRef[], labels: readonly string[]): Promise<void>;
  removeLabels(runs: readonly RunRef[], labels: readonly string[]): Promise<void>;
  /** null takes the tag off. */
  setTag(runs: readonly RunRef[], key: string, value: string | null): Promise<void>;
  addNote(runs: readonly RunRef[], text: string): Promise<void>;
  /** Its attempt is over for good: ask before. */
  finish(run: RunRef): Promise<void>;
  rename(run: RunRef, name: string): Promise<void>;
}

/** So many runs are written at a time. */
const FEW = 6;
/** So many runs are read in one question about how they were before. */
const SLICE = 1000;

export function useRunActions(): RunActions {
  const client = useQueryClient();
  const t = useTexts(actionTexts);
  return useMemo(() => {
    /** Does it for each run, says what was done, and offers the way back for those that it was done to. */
    const act = async (
      runs: readonly RunRef[],
      task: (run: RunRef) => Promise<unknown>,
      words: (count: number) => string,
      back?: (runs: readonly RunRef[]) => void,
    ) => {
      const { done, failed } = await forEachFew(runs, FEW, task);
      void client.invalidateQueries({ queryKey: ["runs"] });
      void client.invalidateQueries({ queryKey: ["labels"] });
      void client.invalidateQueries({ queryKey: ["columns"] });
      if (done.length > 0) {
        tell({ text: words(done.length), ...(back && { action: { label: t.undo, run: () => back(done) } }) });
      }
      const [first] = failed;
      if (first !== undefined) tell({ text: t.failed(failed.length), detail: problemText(first.error), look: "bad" });
    };
    const remove = (runs: readonly RunRef[]) =>
      act(
        runs,
        ({ id }) => server.runs.delete(id),
        t.deleted,
        (done) => void restore(done),
      );
    const restore = (runs: readonly RunRef[]) =>
      act(
        runs,
        ({ id }) => server.runs.restore(id),
        t.restored,
        (done) => void remove(done),
      );
    const star = (runs: readonly RunRef[], isStarred: boolean) =>
      act(
        runs,
        ({ id }) => server.runs.update(id, { starred: isStarred }),
        isStarred ? t.starred : t.unstarred,
        (done) => void star(done, !isStarred),
      );
    /** Only those that it changes, so that undo takes back what was done and no more. */
    const changeLabels = async (runs: readonly RunRef[], labels: readonly string[], isAdded: boolean) => {
      const before = await readBefore(runs);
      const changes = (run: RunRef) =>
        labels.filter((label) => (before.get(run.id)?.labels.includes(label) ?? !isAdded) !== isAdded);
      const put = (run: RunRef, changed: readonly string[], isPut: boolean) =>
        server.runs.update(run.id, isPut ? { addLabels: changed } : { removeLabels: changed });
      const words = (isPut: boolean) => (count: number) =>
        (isPut ? t.labelled : t.unlabelled)(labels.join(", "), count);
      const changed = runs.filter((run) => changes(run).length > 0);
      await act(
        changed,
        (run) => put(run, changes(run), isAdded),
        words(isAdded),
        (done) => void act(done, (run) => put(run, changes(run), !isAdded), words(!isAdded)),
      );
    };
    const setTag = async (runs: readonly RunRef[], key: string, value: string | null) => {
      const before = await readBefore(runs);
      const words = (count: number) => (value === null ? t.untagged : t.tagged)(key, count);
      await act(
        runs,
        ({ id }) => server.runs.update(id, { tags: { [key]: value } }),
        words,
        (done) =>
          void act(
            done,
            ({ id }) => server.runs.update(id, { tags: { [key]: before.get(id)?.tags[key] ?? null } }),
            words,
          ),
      );
    };
    return {
      remove,
      restore,
      purge: (runs) => act(runs, ({ id }) => server.runs.purge(id), t.purged),
      star,
      addLabels: (runs, labels) => changeLabels(runs, labels, true),
      removeLabels: (runs, labels) => changeLabels(runs, labels, false),
      setTag,
      addNote: (runs, text) => {
        const numbers = new Map<string, number>();
        return act(
          runs,
          async ({ id }) => numbers.set(id, (await server.runs.addNote(id, text)).number),
          t.noted,
          (done) => void act(done, ({ id }) => server.runs.deleteNote(id, numbers.get(id) ?? 0), t.unnoted),
        );
      },
      finish: (run) =>
        act(
          [run],
          ({ id }) => server.runs.update(id, { state: "finished" }),
          () => t.finished(run.name),
        ),
      rename: (run, name) =>
        act(
          [run],
          ({ id }) => server.runs.update(id, { name }),
          () => t.renamed(name),
          () =>
            void act(
              [run],
              ({ id }) => server.runs.update(id, { name: run.name }),
              () => t.renamed(run.name),
            ),
        ),
    };
  }, [client, t]);
}

/** Labels and tags of runs as they are now. A run that cannot be read is left out. */
export async function readBefore(runs: readonly RunRef[]): Promise<ReadonlyMap<string, Pick<Run, "labels" | "tags">>> {
  const found = new Map<string, Pick<Run, "labels" | "tags">>();
  for (let from = 0; from < runs.length; from += SLICE) {
    const ids = runs.slice(from, from + SLICE).map(({ id }) => literalText(id));
    const { items } = await server.runs.search({
      filter: `id IN (${ids.join(", ")})`,
      fields: ["labels", "tags"],
      limit: ids.length,
      lifecycle: "all",
    });
    for (const run of items) found.set(run.id, run);
  }
  return found;
}
