import type { Run } from "@cairn/core";
import { useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { type RunRef, useRunActions } from "../../parts/runs/run-actions.ts";
import type { RunDeeds } from "./SelectionBar.tsx";
import type { Selection } from "./use-selection.ts";

export type DialogName = "label" | "tag" | "note" | "purge";

export interface Deeds extends RunDeeds {
  /** Which dialog is open, and for which runs. */
  readonly dialog: { readonly name: DialogName; readonly runs: readonly RunRef[] } | undefined;
  closeDialog(): void;
}

/**
 * What can be done with the selected runs, or with the active one while none is selected.
 *
 * @param activeRun the run that the keys are at.
 */
export function useDeeds(selection: Selection, activeRun: Run | undefined): Deeds {
  const actions = useRunActions();
  const navigate = useNavigate();
  const [dialog, setDialog] = useState<Deeds["dialog"]>();
  return useMemo(() => {
    const runs = (): readonly RunRef[] =>
      selection.runs.size > 0 ? [...selection.runs.values()] : activeRun === undefined ? [] : [activeRun];
    const open = (name: DialogName) => () => {
      const chosen = runs();
      if (chosen.length > 0) setDialog({ name, runs: chosen });
    };
    const away = async (act: (chosen: readonly RunRef[]) => Promise<void>) => {
      const chosen = runs();
      if (chosen.length === 0) return;
      await act(chosen);
      selection.clear();
    };
    return {
      dialog,
      closeDialog: () => setDialog(undefined),
      label: open("label"),
      tag: open("tag"),
      note: open("note"),
      purge: open("purge"),
      star: (isStarred) => void actions.star(runs(), isStarred),
      remove: () => void away(actions.remove),
      restore: () => void away(actions.restore),
      compare: () => {
        const ids = runs().map(({ id }) => id);
        if (ids.length > 1) void navigate({ to: "/compare", search: { runs: ids.join(",") } });
      },
    };
  }, [selection, activeRun, actions, navigate, dialog]);
}
