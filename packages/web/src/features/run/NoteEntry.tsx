import type { Note, Run } from "@cairn/core";
import { useQueryClient } from "@tanstack/react-query";
import { Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { formatAge, formatTime } from "../../lib/format.ts";
import { problemText } from "../../lib/problem.ts";
import { server } from "../../lib/server.ts";
import { useTexts } from "../../lib/texts.ts";
import { useNow } from "../../lib/use-now.ts";
import { Markdown } from "../../parts/markdown/Markdown.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import { tell } from "../../ui/Toasts.tsx";
import styles from "./cards.module.css";
import { NoteForm } from "./NoteForm.tsx";
import { runQueries } from "./run-queries.ts";
import { runPageTexts } from "./texts.ts";

/** One note: who wrote it when, and how it is mended or taken away. */
export function NoteEntry({ run, note }: { readonly run: Run; readonly note: Note }) {
  const { number, at, author, text } = note;
  const t = useTexts(runPageTexts);
  const client = useQueryClient();
  const now = useNow();
  const [doing, setDoing] = useState<"change" | "delete">();
  const stop = () => setDoing(undefined);
  const write = async (task: Promise<unknown>) => {
    await task;
    await client.invalidateQueries(runQueries.notes(run.id));
  };
  const change = async (next: string) => {
    await write(server.runs.updateNote(run.id, number, next));
    stop();
    const undo = () =>
      write(server.runs.updateNote(run.id, number, text)).catch((error: unknown) =>
        tell({ text: t.notUndone, detail: problemText(error), look: "bad" }),
      );
    tell({ text: t.noteChanged, action: { label: t.undo, run: () => void undo() } });
  };
  return (
    <li>
      <div className={styles.noteHead}>
        <p>
          {author !== "" && (
            <>
              <strong>{author}</strong> ·{" "}
            </>
          )}
          <time dateTime={new Date(at).toISOString()} title={formatTime(at, "seconds")}>
            {formatAge(at, now)}
          </time>
        </p>
        {run.deletedAt === null && doing !== "change" && (
          <span className={styles.noteTools}>
            <IconButton size="small" label={t.editNote} onClick={() => setDoing("change")}>
              <Pencil size={13} aria-hidden />
            </IconButton>
            <IconButton size="small" label={t.deleteNote} onClick={() => setDoing("delete")}>
              <Trash2 size={13} aria-hidden />
            </IconButton>
          </span>
        )}
      </div>
      {doing === "change" ? (
        <NoteForm
          label={t.editNote}
          text={text}
          keysHelp={t.saveKeys}
          saveLabel={t.save}
          onSave={change}
          onCancel={stop}
        />
      ) : (
        <Markdown text={text} />
      )}
      <ConfirmDialog
        isOpen={doing === "delete"}
        onClose={stop}
        title={t.deleteNoteTitle}
        confirmLabel={t.deleteNote}
        cancelLabel={t.cancel}
        isDangerous
        onConfirm={async () => {
          await write(server.runs.deleteNote(run.id, number));
          tell({ text: t.noteDeleted });
        }}
        problemOf={problemText}
      >
        <blockquote className={styles.quote}>{text}</blockquote>
        <p>{t.deleteNoteText}</p>
      </ConfirmDialog>
    </li>
  );
}
