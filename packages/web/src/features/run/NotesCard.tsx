import type { Run } from "@cairn/core";
import { useQuery } from "@tanstack/react-query";
import { formatCount } from "../../lib/format.ts";
import { problemText } from "../../lib/problem.ts";
import { useTexts } from "../../lib/texts.ts";
import { useRunActions } from "../../parts/runs/run-actions.ts";
import { Card } from "../../ui/Card.tsx";
import { Problem } from "../../ui/Problem.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import styles from "./cards.module.css";
import { NoteEntry } from "./NoteEntry.tsx";
import { NoteForm } from "./NoteForm.tsx";
import { runQueries } from "./run-queries.ts";
import { runPageTexts } from "./texts.ts";
import { useMore } from "./use-more.tsx";

/** What people wrote about the run, newest first, and the place to write more. */
export function NotesCard({ run }: { readonly run: Run }) {
  const t = useTexts(runPageTexts);
  const actions = useRunActions();
  const { data, error, refetch } = useQuery(runQueries.notes(run.id));
  const notes = (data ?? []).toSorted((a, b) => b.at - a.at || b.number - a.number);
  const { shown, moreButton } = useMore(notes, 20);
  return (
    <Card title={t.notes} count={notes.length > 0 ? formatCount(notes.length) : undefined}>
      {run.deletedAt === null && (
        <div id="run-note">
          <NoteForm
            label={t.noteLabel}
            placeholder={t.notePlace}
            keysHelp={t.noteKeys}
            saveLabel={t.addNote}
            onSave={(text) => actions.addNote([run], text)}
          />
        </div>
      )}
      {error !== null ? (
        <Problem
          title={t.notesFailed}
          detail={problemText(error)}
          retryLabel={t.again}
          onRetry={() => void refetch()}
        />
      ) : data === undefined ? (
        <Skeleton height="40px" />
      ) : notes.length === 0 ? (
        <p className={styles.soft}>{t.noNotes}</p>
      ) : (
        <ol className={styles.timeline}>
          {shown.map((note) => (
            <NoteEntry key={note.number} run={run} note={note} />
          ))}
        </ol>
      )}
      {moreButton}
    </Card>
  );
}
