import type { Model } from "@cairn/core";
import { Bookmark, Copy, MoveRight, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTexts } from "../../lib/texts.ts";
import { Hint } from "../../ui/Hint.tsx";
import { Menu } from "../../ui/Menu.tsx";
import styles from "./AliasChips.module.css";
import { AliasDialog } from "./AliasDialog.tsx";
import { ALIAS_DRAG_TYPE } from "./alias-drag.ts";
import { useVersionActions } from "./use-version-actions.ts";
import { versionTexts } from "./version-texts.ts";

export interface AliasChipsProps {
  readonly model: Model;
  readonly aliases: readonly string[];
  readonly isLatest: boolean;
  /** They can be dragged to another version's row. */
  readonly isMovable?: boolean | undefined;
}

/** The aliases that point at a version. Each is a button with what can be done with it, and can be dragged elsewhere. */
export function AliasChips({ model, aliases, isLatest, isMovable = false }: AliasChipsProps) {
  const t = useTexts(versionTexts);
  if (aliases.length === 0 && !isLatest) return null;
  return (
    <span className={styles.chips}>
      {aliases.map((alias) => (
        <AliasChip key={alias} model={model} alias={alias} isMovable={isMovable} />
      ))}
      {isLatest && (
        <Hint text={t.latestHelp}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: its explanation is reached by keyboard too */}
          <span className={styles.latest} tabIndex={0}>
            {t.latest}
          </span>
        </Hint>
      )}
    </span>
  );
}

function AliasChip({
  model,
  alias,
  isMovable,
}: {
  readonly model: Model;
  readonly alias: string;
  readonly isMovable: boolean;
}) {
  const t = useTexts(versionTexts);
  const actions = useVersionActions();
  const [isMoving, setMoving] = useState(false);
  const ref = `${model.name}:${alias}`;
  const chip = (
    <button
      type="button"
      className={styles.chip}
      aria-label={t.aliasActions(alias)}
      draggable={isMovable}
      onDragStart={(event) => {
        event.dataTransfer.setData(ALIAS_DRAG_TYPE, alias);
        event.dataTransfer.setData("text/plain", ref);
        event.dataTransfer.effectAllowed = "copyMove";
      }}
    >
      <Bookmark size={11} aria-hidden />
      {alias}
    </button>
  );
  if (model.deletedAt !== null) return <span className={styles.chip}>{alias}</span>;
  return (
    <>
      <Menu
        align="start"
        isDraggable={isMovable}
        trigger={chip}
        entries={[
          { label: t.moveAlias, icon: <MoveRight size={14} aria-hidden />, onSelect: () => setMoving(true) },
          { label: t.copyRef(ref), icon: <Copy size={14} aria-hidden />, onSelect: () => void actions.copy(ref) },
          "line",
          {
            label: t.removeAlias,
            icon: <Trash2 size={14} aria-hidden />,
            isDangerous: true,
            onSelect: () => void actions.removeAlias(model, alias),
          },
        ]}
      />
      {isMoving && <AliasDialog model={model} alias={alias} onClose={() => setMoving(false)} />}
    </>
  );
}
