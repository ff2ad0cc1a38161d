import type { Experiment } from "@cairn/core";
import { useQueryClient } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { useState } from "react";
import { problemText } from "../../lib/problem.ts";
import { server } from "../../lib/server.ts";
import { useTexts } from "../../lib/texts.ts";
import { Button } from "../../ui/Button.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { Field, TextArea } from "../../ui/Field.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import styles from "./ExperimentDialog.module.css";
import { experimentTexts } from "./texts.ts";

interface TagDraft {
  readonly id: number;
  readonly key: string;
  readonly value: string;
}

/** Changes an experiment's name, description and tags. */
export function ExperimentDialog({
  experiment,
  onClose,
}: {
  readonly experiment: Experiment;
  readonly onClose: () => void;
}) {
  const t = useTexts(experimentTexts);
  const client = useQueryClient();
  const [name, setName] = useState(experiment.name);
  const [description, setDescription] = useState(experiment.description);
  const [tags, setTags] = useState<readonly TagDraft[]>(() =>
    Object.entries(experiment.tags).map(([key, value], id) => ({ id, key, value })),
  );
  const setTag = (id: number, change: Partial<TagDraft>) =>
    setTags(tags.map((tag) => (tag.id === id ? { ...tag, ...change } : tag)));
  const save = async () => {
    const changes = changedTags(experiment.tags, tags);
    const { id } = experiment;
    await server.experiments.update(id, {
      ...(name === experiment.name ? {} : { name }),
      ...(description === experiment.description ? {} : { description }),
      ...(Object.keys(changes).length === 0 ? {} : { tags: changes }),
    });
    await client.invalidateQueries({ queryKey: ["experiments"] });
  };
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t.editTitle(experiment.name)}
      confirmLabel={t.save}
      cancelLabel={t.cancel}
      isDisabled={name.trim() === ""}
      onConfirm={save}
      problemOf={problemText}
    >
      <Field label={t.name} value={name} onChange={({ target }) => setName(target.value)} autoFocus />
      <TextArea label={t.description} value={description} onChange={({ target }) => setDescription(target.value)} />
      <fieldset className={styles.tags}>
        <legend>{t.tags}</legend>
        {tags.map((tag) => (
          <div key={tag.id} className={styles.tag}>
            <Field
              label={t.tagKey}
              isLabelHidden
              value={tag.key}
              placeholder={t.tagKey}
              onChange={({ target }) => setTag(tag.id, { key: target.value })}
            />
            <Field
              label={t.tagValue}
              isLabelHidden
              value={tag.value}
              placeholder={t.tagValue}
              onChange={({ target }) => setTag(tag.id, { value: target.value })}
            />
            <IconButton label={t.removeTag(tag.key)} onClick={() => setTags(tags.filter(({ id }) => id !== tag.id))}>
              <X size={14} aria-hidden />
            </IconButton>
          </div>
        ))}
        <Button
          size="small"
          look="quiet"
          onClick={() => setTags([...tags, { id: Math.max(-1, ...tags.map(({ id }) => id)) + 1, key: "", value: "" }])}
        >
          <Plus size={14} aria-hidden />
          {t.addTag}
        </Button>
      </fieldset>
    </ConfirmDialog>
  );
}

/** What has to change for the tags to be as they stand in the dialog; null takes a tag off. */
export function changedTags(
  before: Readonly<Record<string, string>>,
  drafts: readonly Pick<TagDraft, "key" | "value">[],
): Record<string, string | null> {
  const after = new Map(drafts.filter(({ key }) => key.trim() !== "").map(({ key, value }) => [key.trim(), value]));
  const changes: Record<string, string | null> = {};
  for (const key of Object.keys(before)) if (!after.has(key)) changes[key] = null;
  for (const [key, value] of after) if (before[key] !== value) changes[key] = value;
  return changes;
}
