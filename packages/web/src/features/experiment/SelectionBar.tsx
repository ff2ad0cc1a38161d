import { GitCompareArrows, MessageSquarePlus, RotateCcw, Star, StarOff, Tag, Tags, Trash2, X } from "lucide-react";
import { useTexts } from "../../lib/texts.ts";
import { Button } from "../../ui/Button.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import styles from "./SelectionBar.module.css";
import { experimentTexts } from "./texts.ts";

/** What can be done with runs on this screen. */
export interface RunDeeds {
  compare(): void;
  label(): void;
  tag(): void;
  note(): void;
  star(isStarred: boolean): void;
  remove(): void;
  restore(): void;
  purge(): void;
}

export interface SelectionBarProps {
  readonly count: number;
  readonly isTrash: boolean;
  readonly deeds: RunDeeds;
  readonly onClear: () => void;
}

const ICON = 15;
const MOST_COMPARED = 50;

/** What to do with the selected runs. */
export function SelectionBar({ count, isTrash, deeds, onClear }: SelectionBarProps) {
  const t = useTexts(experimentTexts);
  return (
    <div className={styles.bar} role="toolbar" aria-label={t.withSelected}>
      <IconButton size="small" label={t.keys.unselect} keys="escape" onClick={onClear}>
        <X size={ICON} aria-hidden />
      </IconButton>
      <strong className={styles.count}>{t.selected(count)}</strong>
      {isTrash ? (
        <>
          <Button size="small" onClick={deeds.restore}>
            <RotateCcw size={ICON} aria-hidden />
            {t.restore}
          </Button>
          <Button size="small" look="danger" onClick={deeds.purge}>
            <Trash2 size={ICON} aria-hidden />
            {t.purge}
          </Button>
        </>
      ) : (
        <>
          <Button
            size="small"
            look="primary"
            disabled={count < 2 || count > MOST_COMPARED}
            title={t.compareHelp}
            onClick={deeds.compare}
          >
            <GitCompareArrows size={ICON} aria-hidden />
            {t.compare}
          </Button>
          <IconButton size="small" label={t.keys.label} keys="l" onClick={deeds.label}>
            <Tag size={ICON} aria-hidden />
          </IconButton>
          <IconButton size="small" label={t.keys.tag} keys="t" onClick={deeds.tag}>
            <Tags size={ICON} aria-hidden />
          </IconButton>
          <IconButton size="small" label={t.keys.note} keys="n" onClick={deeds.note}>
            <MessageSquarePlus size={ICON} aria-hidden />
          </IconButton>
          <IconButton size="small" label={t.keys.star} keys="s" onClick={() => deeds.star(true)}>
            <Star size={ICON} aria-hidden />
          </IconButton>
          <IconButton size="small" label={t.unstar} onClick={() => deeds.star(false)}>
            <StarOff size={ICON} aria-hidden />
          </IconButton>
          <IconButton size="small" label={t.keys.remove} keys="delete" onClick={deeds.remove}>
            <Trash2 size={ICON} aria-hidden />
          </IconButton>
        </>
      )}
    </div>
  );
}
