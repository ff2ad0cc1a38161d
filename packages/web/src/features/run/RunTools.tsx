import type { Run } from "@cairn/core";
import { Box, CheckCheck, Copy, MoreHorizontal, Pencil, RotateCcw, Trash2 } from "lucide-react";
import { useState } from "react";
import { copyText } from "../../lib/copy-text.ts";
import { problemText } from "../../lib/problem.ts";
import { useTexts } from "../../lib/texts.ts";
import { useRunActions } from "../../parts/runs/run-actions.ts";
import { Button } from "../../ui/Button.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { Hint } from "../../ui/Hint.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import { Menu } from "../../ui/Menu.tsx";
import { runPageTexts } from "./texts.ts";

export interface RunToolsProps {
  readonly run: Run;
  readonly onRename: () => void;
  readonly onRegister: () => void;
}

/** What can be done with the run as a whole. */
export function RunTools({ run, onRename, onRegister }: RunToolsProps) {
  const t = useTexts(runPageTexts);
  const actions = useRunActions();
  const [isAsking, setAsking] = useState(false);
  const isDeleted = run.deletedAt !== null;
  const isOpen = run.state === "running" || run.state === "scheduled";
  return (
    <>
      {isOpen && !isDeleted && (
        <Hint text={t.finishHint}>
          <Button onClick={() => setAsking(true)}>
            <CheckCheck size={15} aria-hidden />
            {t.finish}
          </Button>
        </Hint>
      )}
      {!isDeleted && (
        <Button onClick={onRegister}>
          <Box size={15} aria-hidden />
          {t.register}
        </Button>
      )}
      <Menu
        trigger={
          <IconButton label={t.more}>
            <MoreHorizontal size={17} aria-hidden />
          </IconButton>
        }
        entries={[
          {
            label: t.rename,
            keys: "r",
            icon: <Pencil size={14} aria-hidden />,
            isDisabled: isDeleted,
            onSelect: onRename,
          },
          { label: t.copyId, icon: <Copy size={14} aria-hidden />, onSelect: () => void copyText(run.id) },
          "line",
          isDeleted
            ? {
                label: t.restore,
                icon: <RotateCcw size={14} aria-hidden />,
                onSelect: () => void actions.restore([run]),
              }
            : {
                label: t.deleteRun,
                keys: "delete",
                icon: <Trash2 size={14} aria-hidden />,
                isDangerous: true,
                onSelect: () => void actions.remove([run]),
              },
        ]}
      />
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t.finishTitle(run.name)}
        confirmLabel={t.finish}
        cancelLabel={t.cancel}
        onConfirm={() => actions.finish(run)}
        problemOf={problemText}
      >
        <p>{t.finishText}</p>
      </ConfirmDialog>
    </>
  );
}
