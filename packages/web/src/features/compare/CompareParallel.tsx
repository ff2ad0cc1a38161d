import { useMemo, useState } from "react";
import { useTexts } from "../../lib/texts.ts";
import { styleOfRun } from "../../parts/runs/run-style.ts";
import { Button } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Menu } from "../../ui/Menu.tsx";
import { ScrollBox } from "../../ui/ScrollBox.tsx";
import { type Brush, type Brushes, isKept, withBrush } from "./brushes.ts";
import styles from "./CompareParallel.module.css";
import { columnsOf, defaultAxes, scaleOf } from "./columns.ts";
import type { CompareRoom } from "./compare-room.ts";
import { HEIGHT, ParallelAxis, yOf } from "./ParallelAxis.tsx";
import { RunLegend } from "./RunLegend.tsx";
import { compareTexts } from "./texts.ts";

const STEP = 150;
const MARGIN = 90;

/** A line for each run across axes of what it was given and what came out; ranges that are kept on axes choose among them. */
export function CompareParallel({ runs, view, change }: CompareRoom) {
  const t = useTexts(compareTexts);
  // While an axis is dragged its range is here; then it is in the address.
  const [dragged, setDragged] = useState<Brushes>();
  const brushes = dragged ?? view.brushes;
  const setBrush = (id: string, brush: Brush | undefined, isDone: boolean) => {
    const next = withBrush(brushes, id, brush);
    setDragged(isDone ? undefined : next);
    if (isDone) change({ brushes: next });
  };
  const [pointed, setPointed] = useState<string>();
  const columns = useMemo(() => columnsOf(runs), [runs]);
  const axes = useMemo(() => {
    const wanted = view.axes.flatMap((id) => columns.find((column) => column.id === id) ?? []);
    return (wanted.length > 0 ? wanted : defaultAxes(columns)).map((column) => ({ column, scale: scaleOf(column) }));
  }, [columns, view.axes]);
  if (axes.length === 0) return <EmptyState title={t.noNumbers} />;
  const chosen = axes.map(({ column }) => column.id);
  const toggle = (id: string) =>
    change({ axes: chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id] });
  const kept = runs.filter((_, index) => isKept(axes, brushes, index));
  const width = MARGIN * 2 + STEP * (axes.length - 1);
  return (
    <div className={styles.room}>
      <div className={styles.tools}>
        <Menu
          align="start"
          trigger={<Button size="small">{t.addAxis}</Button>}
          entries={columns.map(({ id, label, isMetric }) => ({
            label: isMetric ? `${label} (${t.metric})` : label,
            isChecked: chosen.includes(id),
            onSelect: () => toggle(id),
          }))}
        />
        <span role="status">{t.kept(kept.length, runs.length)}</span>
        {brushes.size > 0 && (
          <Button size="small" onClick={() => change({ brushes: new Map() })}>
            {t.clearBrushes}
          </Button>
        )}
        {kept.length > 0 && kept.length < runs.length && (
          <Button size="small" onClick={() => change({ runs: kept.map(({ id }) => id), brushes: new Map() })}>
            {t.compareKept}
          </Button>
        )}
        <span className={styles.hint}>{t.brushHint}</span>
      </div>
      <ScrollBox label={t.parallel}>
        <svg
          className={styles.plot}
          viewBox={`0 0 ${width} ${HEIGHT}`}
          style={{ minWidth: width * 0.85, maxWidth: width * 1.7 }}
          role="group"
          aria-label={t.parallel}
        >
          {runs.map((run, index) => {
            const style = styleOfRun(run.id);
            return (
              <path
                key={run.id}
                d={linePath(axes.map(({ column, scale }) => scale.place(column.values[index] ?? null)))}
                className={styles.line}
                style={{ stroke: style.colour }}
                strokeDasharray={DASHES[style.dash]}
                data-faint={!isKept(axes, brushes, index) || undefined}
                data-pointed={pointed === run.id || undefined}
                onPointerEnter={() => setPointed(run.id)}
                onPointerLeave={() => setPointed(undefined)}
              >
                <title>{run.name}</title>
              </path>
            );
          })}
          {axes.map((axis, index) => (
            <ParallelAxis
              key={axis.column.id}
              axis={axis}
              x={MARGIN + index * STEP}
              brush={brushes.get(axis.column.id)}
              onBrush={(brush, isDone) => setBrush(axis.column.id, brush, isDone)}
            />
          ))}
        </svg>
      </ScrollBox>
      <RunLegend
        runs={runs}
        isFaint={(index) => !isKept(axes, brushes, index)}
        pointed={pointed}
        onPoint={setPointed}
      />
    </div>
  );
}

const DASHES = { solid: undefined, dashed: "7 4", dotted: "2 3", dashdot: "7 3 2 3" } as const;

/** A gap where the run has no value. */
function linePath(places: readonly (number | null)[]): string {
  return places
    .map((place, index) => {
      if (place === null) return "";
      const before = places[index - 1];
      return `${index === 0 || before === null || before === undefined ? "M" : "L"}${MARGIN + index * STEP} ${yOf(place).toFixed(1)}`;
    })
    .join("");
}
