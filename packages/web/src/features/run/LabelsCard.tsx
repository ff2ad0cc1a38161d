import type { Run } from "@cairn/core";
import { Plus, X } from "lucide-react";
import { useState } from "react";
import { useTexts } from "../../lib/texts.ts";
import { useRunActions } from "../../parts/runs/run-actions.ts";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Field } from "../../ui/Field.tsx";
import styles from "./cards.module.css";
import { runPageTexts } from "./texts.ts";

/** Bare words on the run. */
export function LabelsCard({ run }: { readonly run: Run }) {
  const t = useTexts(runPageTexts);
  const actions = useRunActions();
  const [isAdding, setAdding] = useState(false);
  const [label, setLabel] = useState("");
  const isFixed = run.deletedAt !== null;
  const add = async () => {
    const word = label.trim();
    setLabel("");
    if (word !== "") await actions.addLabels([run], [word]);
  };
  return (
    <Card
      title={t.labels}
      actions={
        !isFixed && (
          <Button size="small" look="quiet" aria-expanded={isAdding} onClick={() => setAdding(!isAdding)}>
            <Plus size={13} aria-hidden />
            {t.add}
          </Button>
        )
      }
    >
      {run.labels.length === 0 && !isAdding && <p className={styles.soft}>{t.noLabels}</p>}
      {run.labels.length > 0 && (
        <ul className={styles.chips}>
          {run.labels.map((each) => (
            <li key={each} className={styles.chip} style={isFixed ? { paddingInlineEnd: 10 } : undefined}>
              <span title={each}>{each}</span>
              {!isFixed && (
                <button
                  type="button"
                  aria-label={t.removeLabel(each)}
                  onClick={() => void actions.removeLabels([run], [each])}
                >
                  <X size={12} aria-hidden />
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {isAdding && (
        <form
          className={styles.row}
          onSubmit={(event) => {
            event.preventDefault();
            void add();
          }}
        >
          <Field
            label={t.addLabel}
            isLabelHidden
            placeholder={t.addLabel}
            value={label}
            onChange={(event) => setLabel(event.target.value)}
            onKeyDown={(event) => event.key === "Escape" && setAdding(false)}
            autoComplete="off"
            autoFocus
          />
          <Button type="submit" disabled={label.trim() === ""}>
            {t.add}
          </Button>
        </form>
      )}
    </Card>
  );
}
