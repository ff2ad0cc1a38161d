import { Check, RotateCw, X } from "lucide-react";
import { formatBytes, formatCount } from "../../lib/format.ts";
import { problemText } from "../../lib/problem.ts";
import { useTexts } from "../../lib/texts.ts";
import { Button } from "../../ui/Button.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import { ProgressBar } from "../../ui/ProgressBar.tsx";
import styles from "./UploadPanel.module.css";
import { isUnderWay, totalsOf, type UploadItem } from "./upload-queue.ts";
import { uploadTexts } from "./upload-texts.ts";
import { useVersionUploads, versionUploads } from "./version-uploads.ts";

/** So many files are named; those that need somebody come first. */
const SHOWN = 60;
const ranks: Readonly<Record<UploadItem["phase"], number>> = {
  failed: 0,
  sending: 1,
  stopped: 2,
  waiting: 3,
  done: 4,
  known: 4,
};

/** How far the uploads into a draft are, each and all, with a way to stop them and to try again. */
export function UploadPanel({ target }: { readonly target: { readonly model: number; readonly number: number } }) {
  const t = useTexts(uploadTexts);
  const items = useVersionUploads(target);
  const queue = versionUploads(target);
  if (items.length === 0) return null;
  const totals = totalsOf(items);
  const canRetry = items.some(({ phase }) => phase === "failed" || phase === "stopped");
  const ordered = items.toSorted((a, b) => ranks[a.phase] - ranks[b.phase] || a.id - b.id);
  const isEnded = !totals.isBusy && totals.failed === 0;
  return (
    <section className={styles.panel} aria-label={t.uploads}>
      <div className={styles.head}>
        <div className={styles.all}>
          <span className={styles.words}>
            {/* The count is read aloud when it has ended, not at each file. */}
            <strong role="status">{isEnded ? t.allDone(formatCount(totals.done)) : t.uploads}</strong>
            <span className={styles.soft}>
              {!isEnded && t.progress(formatCount(totals.done), formatCount(totals.files))}
              {totals.failed > 0 && ` · ${t.failedCount(formatCount(totals.failed))}`}
              {` · ${formatBytes(totals.sent)} / ${formatBytes(totals.bytes)}`}
            </span>
          </span>
          <ProgressBar label={t.uploads} value={totals.sent} max={totals.bytes} isEnded={isEnded} />
        </div>
        {totals.isBusy && (
          <Button size="small" onClick={() => queue.stopAll()}>
            {t.stopAll}
          </Button>
        )}
        {!totals.isBusy && canRetry && (
          <Button size="small" onClick={() => queue.retry()}>
            {t.retryAll}
          </Button>
        )}
        {!totals.isBusy && (
          <IconButton size="small" label={t.clear} onClick={() => queue.clear()}>
            <X size={14} aria-hidden />
          </IconButton>
        )}
      </div>
      {!(isEnded && totals.files > 3) && (
        <ul className={styles.list}>
          {ordered.slice(0, SHOWN).map((item) => (
            <Item key={item.id} item={item} onStop={() => queue.stop(item.id)} onRetry={() => queue.retry(item.id)} />
          ))}
          {ordered.length > SHOWN && <li className={styles.soft}>{t.andMore(formatCount(ordered.length - SHOWN))}</li>}
        </ul>
      )}
    </section>
  );
}

interface ItemProps {
  readonly item: UploadItem;
  readonly onStop: () => void;
  readonly onRetry: () => void;
}

function Item({ item, onStop, onRetry }: ItemProps) {
  const t = useTexts(uploadTexts);
  const { path, size, sent, phase, error } = item;
  return (
    <li className={styles.item} data-phase={phase}>
      <span className={styles.path} title={path}>
        {path}
      </span>
      <span className={styles.state}>
        {phase === "failed"
          ? problemText(error)
          : phase === "sending"
            ? `${formatBytes(sent)} / ${formatBytes(size)}`
            : t[phase]}
      </span>
      <span className={styles.act}>
        {isUnderWay(item) ? (
          <IconButton size="small" label={t.stop(path)} onClick={onStop}>
            <X size={13} aria-hidden />
          </IconButton>
        ) : phase === "failed" || phase === "stopped" ? (
          <IconButton size="small" label={t.retry(path)} onClick={onRetry}>
            <RotateCw size={13} aria-hidden />
          </IconButton>
        ) : (
          <Check size={14} aria-hidden />
        )}
      </span>
      {phase === "sending" && <ProgressBar label={path} value={sent} max={size} />}
    </li>
  );
}
