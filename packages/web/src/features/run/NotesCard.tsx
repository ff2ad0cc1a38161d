import type { Run } from "@cairn/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { formatAge, formatCount, formatTime } from "../../lib/format.ts";
import { problemText } from "../../lib/problem.ts";
import { useTexts } from "../../lib/texts.ts";
import { useNow } from "../../lib/use-now.ts";
import { Markdown } from "../../parts/markdown/Markdown.tsx";
import { useRunActions } from "../../parts/runs/run-actions.ts";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { TextArea } from "../../ui/Field.tsx";
import { Problem } from "../../ui/Problem.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import styles from "./cards.module.css";
import { runQueries } from "./run-queries.ts";
import { runPageTexts } from "./texts.ts";
import { useMore } from "./use-more.tsx";

/** What people wrote about the run, newest first, and the place to write more. */
export function NotesCard({ run }: { readonly run: Run }) {
  const t = useTexts(runPageTexts);
  const now = useNow();
  const { data, error, refetch } = useQuery(runQueries.notes(run.id));
  const notes = (data ?? []).toSorted((a, b) => b.at - a.at || b.number - a.number);
  const { shown, moreButton } = useMore(notes, 20);
  return (
    <Card title={t.notes} count={notes.length > 0 ? formatCount(notes.length) : undefined}>
      {run.deletedAt === null && <NewNote run={run} />}
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
          {shown.map(({ number, at, author, text }) => (
            <li key={number}>
              <p className={styles.noteHead}>
                {author !== "" && (
                  <>
                    <strong>{author}</strong> ·{" "}
                  </>
                )}
                <time dateTime={new Date(at).toISOString()} title={formatTime(at, "seconds")}>
                  {formatAge(at, now)}
                </time>
              </p>
              <Markdown text={text} />
            </li>
          ))}
        </ol>
      )}
      {moreButton}
    </Card>
  );
}

function NewNote({ run }: { readonly run: Run }) {
  const t = useTexts(runPageTexts);
  const actions = useRunActions();
  const [text, setText] = useState("");
  const add = async (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === "") return;
    setText("");
    await actions.addNote([run], text.trim());
  };
  return (
    <form id="run-note" onSubmit={(event) => void add(event)}>
      <TextArea
        label={t.noteLabel}
        isLabelHidden
        rows={2}
        style={{ minHeight: text === "" ? 58 : 96 }}
        placeholder={t.notePlace}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void add(event);
        }}
      />
      {text !== "" && (
        <div className={styles.between} style={{ marginTop: 8 }}>
          <span className={styles.faint}>{t.noteKeys}</span>
          <Button type="submit" size="small" look="primary" disabled={text.trim() === ""}>
            {t.addNote}
          </Button>
        </div>
      )}
    </form>
  );
}
