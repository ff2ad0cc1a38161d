import type { Run } from "@cairn/core";
import { clsx } from "clsx";
import { ArrowDown, ArrowDownUp, ArrowUp } from "lucide-react";
import { Fragment, useMemo } from "react";
import { formatTime } from "../../lib/format.ts";
import { formatChange } from "../../lib/format-change.ts";
import { useTexts } from "../../lib/texts.ts";
import { ScrollBox } from "../../ui/ScrollBox.tsx";
import styles from "./CompareTable.module.css";
import { CompareTools } from "./CompareTools.tsx";
import type { CompareRoom } from "./compare-room.ts";
import { type Cell, compareRuns, type Row, type RowKind } from "./comparison.ts";
import { turn } from "./comparison-view.ts";
import { RunHead } from "./RunHead.tsx";
import { compareTexts } from "./texts.ts";

const KINDS: readonly RowKind[] = ["parameter", "metric", "tag", "label"];

/** Rows are what the runs have, columns are the runs; what differs from the baseline stands out. */
export function CompareTable({ runs, view, change }: CompareRoom) {
  const t = useTexts(compareTexts);
  const { summary, better, onlyDifferences, filter } = view;
  const baseline = Math.max(
    0,
    runs.findIndex(({ id }) => id === view.baseline),
  );
  const rows = useMemo(() => compareRuns({ runs, baseline, summary, better }), [runs, baseline, summary, better]);
  const wanted = filter.trim().toLowerCase();
  const named = rows.filter(({ key }) => key.toLowerCase().includes(wanted));
  const shown = named.filter(({ isDiffering }) => !onlyDifferences || isDiffering);
  return (
    <div className={styles.room}>
      <CompareTools view={view} change={change} shown={shown.length} all={rows.length} />
      <ScrollBox label={t.title} className={styles.box}>
        <table className={styles.table}>
          <caption className="visually-hidden">{t.about(runs.length)}</caption>
          <thead>
            <tr>
              <td className={styles.corner} />
              {runs.map((run, index) => (
                <th key={run.id} scope="col" className={styles.run}>
                  <RunHead
                    run={run}
                    isBaseline={index === baseline}
                    onBaseline={() => change({ baseline: run.id })}
                    onLeaveOut={() => change({ runs: view.runs.filter((id) => id !== run.id) })}
                    canLeaveOut={runs.length > 1}
                  />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row" className={styles.key}>
                {t.created}
              </th>
              {runs.map((run: Run) => (
                <td key={run.id}>{formatTime(run.createdAt)}</td>
              ))}
            </tr>
          </tbody>
          {KINDS.map((kind) => {
            const some = shown.filter((row) => row.kind === kind);
            if (some.length === 0) return null;
            return (
              <tbody key={kind}>
                <tr>
                  <th scope="rowgroup" colSpan={runs.length + 1} className={styles.kind}>
                    <span>{t[kind]}</span>
                  </th>
                </tr>
                {some.map((row) => (
                  <RowOf key={row.key} row={row} runs={runs} onTurn={() => change({ better: turn(better, row.key) })} />
                ))}
              </tbody>
            );
          })}
        </table>
      </ScrollBox>
      {shown.length === 0 && (
        <p className={styles.none}>{named.length === 0 && wanted !== "" ? t.nothing : t.allSame}</p>
      )}
    </div>
  );
}

function RowOf({
  row,
  runs,
  onTurn,
}: {
  readonly row: Row;
  readonly runs: readonly Run[];
  readonly onTurn: () => void;
}) {
  const t = useTexts(compareTexts);
  const { kind, key, better, cells } = row;
  const isNumeric = cells.some(({ number }) => number !== null);
  const Arrow = better === null ? ArrowDownUp : better === "up" ? ArrowUp : ArrowDown;
  const turnLabel = better === null ? t.sayBetter(key) : t.turn(key, better === "up" ? t.more : t.less);
  return (
    <tr>
      <th scope="row" className={styles.key}>
        <span className={styles.name} title={key}>
          {key}
        </span>
        {kind === "metric" && (
          <button
            type="button"
            className={styles.turn}
            data-unknown={better === null || undefined}
            aria-label={turnLabel}
            title={turnLabel}
            onClick={onTurn}
          >
            <Arrow size={12} aria-hidden />
          </button>
        )}
      </th>
      {cells.map((cell, index) => (
        <td
          key={runs[index]?.id}
          className={clsx(
            // Metrics nearly always differ: marking them all would mark nothing.
            kind !== "metric" && cell.isDifferent && styles.different,
            (cell.number !== null || (isNumeric && cell.isMissing)) && styles.number,
          )}
        >
          <CellOf cell={cell} isMarked={kind !== "metric"} />
        </td>
      ))}
    </tr>
  );
}

function CellOf({ cell, isMarked }: { readonly cell: Cell; readonly isMarked: boolean }) {
  const t = useTexts(compareTexts);
  if (cell.isMissing)
    return (
      <span className={styles.missing}>
        {t.none}
        <span className="visually-hidden">{t.missingValue}</span>
      </span>
    );
  return (
    <Fragment>
      {cell.change !== null && <span className={styles.percent}>{formatChange(cell.change)}</span>}
      <span className={clsx(styles.value, cell.isBest && styles.best)} title={cell.text}>
        {cell.isBest && <span aria-hidden>★ </span>}
        {cell.text}
        {cell.isBest && <span className="visually-hidden">, {t.best}</span>}
        {isMarked && cell.isDifferent && <span className="visually-hidden">, {t.differs}</span>}
      </span>
    </Fragment>
  );
}
