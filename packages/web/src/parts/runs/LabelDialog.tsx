import { useQuery } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { useState } from "react";
import { server } from "../../lib/server.ts";
import { useTexts } from "../../lib/texts.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Field } from "../../ui/Field.tsx";
import { actionTexts } from "./action-texts.ts";
import styles from "./dialogs.module.css";
import { type RunRef, readBefore, useRunActions } from "./run-actions.ts";

export interface RunsDialogProps {
  /** undefined: closed. */
  readonly runs: readonly RunRef[] | undefined;
  readonly onClose: () => void;
}

/** Puts labels on runs and takes them off. Each press is done at once, with undo. */
export function LabelDialog({ runs, onClose }: RunsDialogProps) {
  const t = useTexts(actionTexts);
  return (
    <Dialog isOpen={runs !== undefined} onClose={onClose} title={t.labelTitle(runs?.length ?? 0)} closeLabel={t.close}>
      {runs !== undefined && <Labels runs={runs} />}
    </Dialog>
  );
}

function Labels({ runs }: { readonly runs: readonly RunRef[] }) {
  const t = useTexts(actionTexts);
  const actions = useRunActions();
  const [draft, setDraft] = useState("");
  const ids = runs.map(({ id }) => id);
  const { data: before } = useQuery({
    queryKey: ["runs", "search", "labels of", ids],
    queryFn: () => readBefore(runs),
  });
  const { data: known = [] } = useQuery({
    queryKey: ["labels", "list"],
    queryFn: () => server.labels.list({ limit: 200 }),
  });
  const counts = new Map<string, number>();
  for (const { labels } of before?.values() ?? []) {
    for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  const put = (label: string) => {
    setDraft("");
    if (label.trim() !== "") void actions.addLabels(runs, [label.trim()]);
  };
  const wanted = draft.trim().toLowerCase();
  const offered = known
    .filter(({ label }) => counts.get(label) !== runs.length && label.toLowerCase().includes(wanted))
    .slice(0, 30);
  return (
    <div className={styles.stack}>
      <form
        className={styles.line}
        onSubmit={(event) => {
          event.preventDefault();
          put(draft);
        }}
      >
        <Field
          label={t.label}
          help={t.labelHelp}
          value={draft}
          onChange={({ target }) => setDraft(target.value)}
          autoFocus
        />
        <Button type="submit" look="primary" disabled={draft.trim() === ""}>
          {t.add}
        </Button>
      </form>
      {counts.size > 0 && (
        <ul className={styles.chips}>
          {[...counts].map(([label, count]) => (
            <li key={label}>
              <button
                type="button"
                className={styles.chip}
                data-on
                aria-label={t.takeOff(label)}
                onClick={() => void actions.removeLabels(runs, [label])}
              >
                {label}
                {count < runs.length && <span className={styles.faint}>{t.onSome(count, runs.length)}</span>}
                <X size={12} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
      {offered.length > 0 && (
        <section>
          <h3 className={styles.heading}>{t.known}</h3>
          <ul className={styles.chips}>
            {offered.map(({ label }) => (
              <li key={label}>
                <button type="button" className={styles.chip} onClick={() => put(label)}>
                  <Plus size={12} aria-hidden />
                  {label}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
