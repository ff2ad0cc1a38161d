import type { Run } from "@cairn/core";
import { Pencil, Plus, X } from "lucide-react";
import { useState } from "react";
import { formatCount } from "../../lib/format.ts";
import { problemText } from "../../lib/problem.ts";
import { safeLink } from "../../lib/safe-link.ts";
import { useTexts } from "../../lib/texts.ts";
import { useRunActions } from "../../parts/runs/run-actions.ts";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { Field, TextArea } from "../../ui/Field.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import { SimpleTable } from "../../ui/SimpleTable.tsx";
import styles from "./cards.module.css";
import { OuterLink } from "./OuterLink.tsx";
import { runPageTexts } from "./texts.ts";
import { useMore } from "./use-more.tsx";

export interface TagsCardProps {
  readonly run: Run;
  /** Those that are not shown elsewhere. */
  readonly tags: Readonly<Record<string, string>>;
}

/** Keys and values on the run. */
export function TagsCard({ run, tags }: TagsCardProps) {
  const t = useTexts(runPageTexts);
  const actions = useRunActions();
  const [edited, setEdited] = useState<{ readonly key: string; readonly value: string; readonly isNew: boolean }>();
  const { shown, moreButton } = useMore(Object.entries(tags), 40);
  const isFixed = run.deletedAt !== null;
  return (
    <Card
      title={t.tags}
      count={shown.length > 0 ? formatCount(Object.keys(tags).length) : undefined}
      actions={
        !isFixed && (
          <Button size="small" look="quiet" onClick={() => setEdited({ key: "", value: "", isNew: true })}>
            <Plus size={13} aria-hidden />
            {t.add}
          </Button>
        )
      }
    >
      {shown.length === 0 ? (
        <p className={styles.soft}>{t.noTags}</p>
      ) : (
        <SimpleTable
          label={t.tags}
          isHeadHidden
          rows={shown}
          keyOf={([key]) => key}
          columns={[
            {
              key: "key",
              label: t.key,
              width: "36%",
              isRowHeader: true,
              cell: ([key]) => <span className={styles.key}>{key}</span>,
            },
            {
              key: "value",
              label: t.value,
              cell: ([key, value]) => (
                <span className={styles.value}>
                  <OuterLink text={value} link={safeLink(value)} />
                  {!isFixed && (
                    <span className={styles.onPoint}>
                      <IconButton
                        label={t.editTag(key)}
                        size="small"
                        onClick={() => setEdited({ key, value, isNew: false })}
                      >
                        <Pencil size={13} aria-hidden />
                      </IconButton>
                      <IconButton
                        label={t.removeTag(key)}
                        size="small"
                        onClick={() => void actions.setTag([run], key, null)}
                      >
                        <X size={14} aria-hidden />
                      </IconButton>
                    </span>
                  )}
                </span>
              ),
            },
          ]}
        />
      )}
      {moreButton}
      {edited !== undefined && (
        <ConfirmDialog
          isOpen
          onClose={() => setEdited(undefined)}
          title={edited.isNew ? t.addTag : t.editTag(edited.key)}
          confirmLabel={t.save}
          cancelLabel={t.cancel}
          isDisabled={edited.key.trim() === ""}
          problemOf={problemText}
          onConfirm={() => actions.setTag([run], edited.key.trim(), edited.value)}
        >
          {edited.isNew && (
            <Field
              label={t.key}
              value={edited.key}
              onChange={(event) => setEdited({ ...edited, key: event.target.value })}
              autoComplete="off"
              spellCheck={false}
              autoFocus
            />
          )}
          <TextArea
            label={t.value}
            value={edited.value}
            onChange={(event) => setEdited({ ...edited, value: event.target.value })}
            autoFocus={!edited.isNew}
          />
        </ConfirmDialog>
      )}
    </Card>
  );
}
