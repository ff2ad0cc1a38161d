import { useMemo, useState } from "react";
import { formatNumber } from "../../lib/format.ts";
import { useTexts } from "../../lib/texts.ts";
import { styleOfRun } from "../../parts/runs/run-style.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ScrollBox } from "../../ui/ScrollBox.tsx";
import { Select } from "../../ui/Select.tsx";
import styles from "./CompareScatter.module.css";
import { type Column, columnsOf, defaultPair, scaleOf } from "./columns.ts";
import type { CompareRoom } from "./compare-room.ts";
import { POINTS } from "./points.ts";
import { RunLegend } from "./RunLegend.tsx";
import { compareTexts } from "./texts.ts";

const WIDTH = 760;
const HEIGHT = 440;
const LEFT = 76;
const BOTTOM = 52;
const MARGIN = 20;

const xOf = (place: number): number => LEFT + place * (WIDTH - LEFT - MARGIN);
const yOf = (place: number): number => HEIGHT - BOTTOM - place * (HEIGHT - BOTTOM - MARGIN);

/** A point for each run between any two of their columns. */
export function CompareScatter({ runs, view, change }: CompareRoom) {
  const t = useTexts(compareTexts);
  const [pointed, setPointed] = useState<string>();
  const columns = useMemo(() => columnsOf(runs), [runs]);
  const [usualX, usualY] = useMemo(() => defaultPair(columns), [columns]);
  const x = find(columns, view.x) ?? usualX;
  const y = find(columns, view.y) ?? usualY;
  if (x === undefined || y === undefined) return <EmptyState title={t.noNumbers} />;
  const options = [
    { heading: t.parameter, options: optionsOf(columns.filter(({ isMetric }) => !isMetric)) },
    { heading: t.metric, options: optionsOf(columns.filter(({ isMetric }) => isMetric)) },
  ];
  const across = scaleOf(x);
  const up = scaleOf(y);
  return (
    <div className={styles.room}>
      <div className={styles.tools}>
        <Select
          label={t.xAxis}
          labelPlace="before"
          value={x.id}
          options={options}
          onChange={(id) => change({ x: id })}
        />
        <Select
          label={t.yAxis}
          labelPlace="before"
          value={y.id}
          options={options}
          onChange={(id) => change({ y: id })}
        />
      </div>
      <ScrollBox label={t.scatter}>
        <svg
          className={styles.plot}
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          role="group"
          aria-label={t.position(x.label, y.label)}
        >
          {across.ticks.slice(0, 10).map(({ at, value }) => (
            <g key={`x${at}`}>
              <line className={styles.grid} x1={xOf(at)} x2={xOf(at)} y1={yOf(0)} y2={yOf(1)} />
              <text className={styles.across} x={xOf(at)} y={HEIGHT - BOTTOM + 20}>
                {tickText(value)}
              </text>
            </g>
          ))}
          {up.ticks.slice(0, 12).map(({ at, value }) => (
            <g key={`y${at}`}>
              <line className={styles.grid} x1={xOf(0)} x2={xOf(1)} y1={yOf(at)} y2={yOf(at)} />
              <text className={styles.up} x={LEFT - 10} y={yOf(at) + 4}>
                {tickText(value)}
              </text>
            </g>
          ))}
          <text className={styles.name} x={xOf(0.5)} y={HEIGHT - 8}>
            {x.label}
          </text>
          {runs.map(({ id, name }, index) => {
            const placeX = across.place(x.values[index] ?? null);
            const placeY = up.place(y.values[index] ?? null);
            if (placeX === null || placeY === null) return null;
            return (
              <path
                key={id}
                className={styles.point}
                d={POINTS[styleOfRun(id).dash]}
                transform={`translate(${xOf(placeX)} ${yOf(placeY)}) scale(${pointed === id ? 1.5 : 1})`}
                style={{ fill: styleOfRun(id).colour }}
                onPointerEnter={() => setPointed(id)}
                onPointerLeave={() => setPointed(undefined)}
              >
                <title>{`${name}: ${x.label} ${tickText(x.values[index] ?? "")}, ${y.label} ${tickText(y.values[index] ?? "")}`}</title>
              </path>
            );
          })}
        </svg>
      </ScrollBox>
      <RunLegend runs={runs} mark="point" pointed={pointed} onPoint={setPointed} />
    </div>
  );
}

function find(columns: readonly Column[], id: string): Column | undefined {
  return columns.find((column) => column.id === id);
}

function optionsOf(columns: readonly Column[]) {
  return columns.map(({ id, label }) => ({ value: id, label }));
}

function tickText(value: number | string): string {
  if (typeof value === "number") return formatNumber(value, 4);
  return value.length <= 14 ? value : `${value.slice(0, 13)}…`;
}
