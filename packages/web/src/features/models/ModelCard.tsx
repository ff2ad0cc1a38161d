import type { Model } from "@cairn/core";
import { PencilLine } from "lucide-react";
import { type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { problemText } from "../../lib/problem.ts";
import { server } from "../../lib/server.ts";
import { useTexts } from "../../lib/texts.ts";
import { Markdown } from "../../parts/markdown/Markdown.tsx";
import { useVersionActions } from "../../parts/versions/use-version-actions.ts";
import { versionTexts } from "../../parts/versions/version-texts.ts";
import { Button } from "../../ui/Button.tsx";
import { TextArea } from "../../ui/Field.tsx";
import { Tabs } from "../../ui/Tabs.tsx";
import { tell } from "../../ui/Toasts.tsx";
import styles from "./ModelCard.module.css";
import { modelTexts } from "./texts.ts";

/** A card longer than this is folded, so that the versions below it are seen. In px. */
const FOLD = 340;

/** What the model is, in its people's own words. */
export function ModelCard({ model }: { readonly model: Model }) {
  const t = useTexts(modelTexts);
  const [isEditing, setEditing] = useState(false);
  if (isEditing) return <CardEditor model={model} onClose={() => setEditing(false)} />;
  const isReadOnly = model.deletedAt !== null;
  if (model.description.trim() === "") {
    return (
      <section className={styles.none} aria-label={t.card}>
        <p>{t.noCard}</p>
        {!isReadOnly && (
          <Button onClick={() => setEditing(true)}>
            <PencilLine size={14} aria-hidden />
            {t.writeCard}
          </Button>
        )}
      </section>
    );
  }
  return (
    <section className={styles.card} aria-label={t.card}>
      {!isReadOnly && (
        <Button size="small" look="quiet" className={styles.edit} onClick={() => setEditing(true)}>
          <PencilLine size={13} aria-hidden />
          {t.editCard}
        </Button>
      )}
      <Folded>
        <Markdown text={model.description} headings={2} />
      </Folded>
    </section>
  );
}

function Folded({ children }: { readonly children: ReactNode }) {
  const t = useTexts(modelTexts);
  const inside = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(0);
  const [isOpen, setOpen] = useState(false);
  useLayoutEffect(() => {
    const element = inside.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setHeight(element.scrollHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const isLong = height > FOLD * 1.25;
  return (
    <>
      <div
        className={styles.fold}
        data-folded={(isLong && !isOpen) || undefined}
        style={{ "--fold": `${FOLD}px` } as never}
      >
        <div ref={inside}>{children}</div>
      </div>
      {isLong && (
        <Button size="small" look="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? t.showLess : t.showAll}
        </Button>
      )}
    </>
  );
}

function CardEditor({ model, onClose }: { readonly model: Model; readonly onClose: () => void }) {
  const t = useTexts(modelTexts);
  const v = useTexts(versionTexts);
  const { attempt, refresh } = useVersionActions();
  const [text, setText] = useState(model.description);
  const [tab, setTab] = useState<"write" | "preview">("write");
  const [problem, setProblem] = useState<string>();
  const save = async () => {
    const before = model.description;
    try {
      await server.models.update(model.id, { description: text });
    } catch (error) {
      setProblem(problemText(error));
      setTab("write");
      return;
    }
    const undo = () => void attempt(() => server.models.update(model.id, { description: before }));
    if (text !== before) tell({ text: t.cardSaved, action: { label: v.undo, run: undo } });
    void refresh();
    onClose();
  };
  return (
    <form
      className={styles.card}
      aria-label={t.editCard}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void save();
      }}
    >
      <Tabs
        label={t.card}
        tabs={[
          { key: "write", label: t.write },
          { key: "preview", label: t.preview },
        ]}
        chosen={tab}
        onChoose={setTab}
      >
        {tab === "write" ? (
          <TextArea
            label={t.card}
            isLabelHidden
            help={t.cardHelp}
            problem={problem}
            value={text}
            rows={16}
            onChange={(event) => setText(event.target.value)}
            autoFocus
          />
        ) : text.trim() === "" ? (
          <p className={styles.hint}>{t.nothingToPreview}</p>
        ) : (
          <Markdown text={text} headings={2} />
        )}
      </Tabs>
      <div className={styles.buttons}>
        <Button onClick={onClose}>{v.cancel}</Button>
        <Button type="submit" look="primary">
          {v.save}
        </Button>
      </div>
    </form>
  );
}
