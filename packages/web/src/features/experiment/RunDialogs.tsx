import { LabelDialog } from "../../parts/runs/LabelDialog.tsx";
import { NoteDialog } from "../../parts/runs/NoteDialog.tsx";
import { PurgeDialog } from "../../parts/runs/PurgeDialog.tsx";
import { TagDialog } from "../../parts/runs/TagDialog.tsx";
import type { Deeds } from "./use-deeds.ts";

/** The dialogs of what can be done with runs. */
export function RunDialogs({ deeds, onPurged }: { readonly deeds: Deeds; readonly onPurged: () => void }) {
  const runsFor = (name: string) => (deeds.dialog?.name === name ? deeds.dialog.runs : undefined);
  return (
    <>
      <LabelDialog runs={runsFor("label")} onClose={deeds.closeDialog} />
      <TagDialog runs={runsFor("tag")} onClose={deeds.closeDialog} />
      <NoteDialog runs={runsFor("note")} onClose={deeds.closeDialog} />
      <PurgeDialog runs={runsFor("purge")} onClose={deeds.closeDialog} onDone={onPurged} />
    </>
  );
}
