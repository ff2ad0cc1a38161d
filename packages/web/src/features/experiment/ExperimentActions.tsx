import type { Experiment } from "@cairn/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Ellipsis, List, Pencil, RotateCcw, Trash2 } from "lucide-react";
import { useState } from "react";
import { problemText } from "../../lib/problem.ts";
import { server } from "../../lib/server.ts";
import { useTexts } from "../../lib/texts.ts";
import { IconButton } from "../../ui/IconButton.tsx";
import { Menu } from "../../ui/Menu.tsx";
import { tell } from "../../ui/Toasts.tsx";
import { ExperimentDialog } from "./ExperimentDialog.tsx";
import { experimentTexts } from "./texts.ts";

const ICON = 14;

export interface ExperimentActionsProps {
  readonly experiment: Experiment;
  readonly isTrash: boolean;
  readonly onTrash: (isTrash: boolean) => void;
}

/** What can be done with the experiment as a whole. */
export function ExperimentActions({ experiment, isTrash, onTrash }: ExperimentActionsProps) {
  const t = useTexts(experimentTexts);
  const client = useQueryClient();
  const navigate = useNavigate();
  const [isEditing, setEditing] = useState(false);
  const { id, name, deletedAt } = experiment;
  const act = async (task: () => Promise<unknown>, words: string, undo?: () => void) => {
    try {
      await task();
      tell({ text: words, ...(undo && { action: { label: t.undo, run: undo } }) });
    } catch (error) {
      tell({ text: t.actFailed, detail: problemText(error), look: "bad" });
    }
    await client.invalidateQueries({ queryKey: ["experiments"] });
  };
  const restore = () => void act(() => server.experiments.restore(id), t.experimentRestored(name));
  const remove = async () => {
    await act(() => server.experiments.delete(id), t.experimentDeleted(name), restore);
    await navigate({ to: "/" });
  };
  return (
    <>
      <Menu
        trigger={
          <IconButton label={t.experimentMenu}>
            <Ellipsis size={17} aria-hidden />
          </IconButton>
        }
        entries={[
          {
            label: t.edit,
            icon: <Pencil size={ICON} />,
            isDisabled: deletedAt !== null,
            onSelect: () => setEditing(true),
          },
          isTrash
            ? { label: t.backToRuns, icon: <List size={ICON} />, onSelect: () => onTrash(false) }
            : { label: t.trash, icon: <Trash2 size={ICON} />, onSelect: () => onTrash(true) },
          "line",
          deletedAt === null
            ? {
                label: t.deleteExperiment,
                icon: <Trash2 size={ICON} />,
                isDangerous: true,
                onSelect: () => void remove(),
              }
            : { label: t.restore, icon: <RotateCcw size={ICON} />, onSelect: restore },
        ]}
      />
      {isEditing && <ExperimentDialog experiment={experiment} onClose={() => setEditing(false)} />}
    </>
  );
}
