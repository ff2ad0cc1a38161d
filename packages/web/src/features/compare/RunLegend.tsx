import type { Run } from "@cairn/core";
import { Link } from "@tanstack/react-router";
import { useTexts } from "../../lib/texts.ts";
import { type Dash, styleOfRun } from "../../parts/runs/run-style.ts";
import { Badge } from "../../ui/Badge.tsx";
import { POINTS } from "./points.ts";
import styles from "./RunLegend.module.css";
import { compareTexts } from "./texts.ts";

export interface RunLegendProps {
  readonly runs: readonly Run[];
  /** What stands for a run in the drawing; a line when left out. */
  readonly mark?: "line" | "point" | undefined;
  readonly isFaint?: ((index: number) => boolean) | undefined;
  readonly pointed: string | undefined;
  readonly onPoint: (id: string | undefined) => void;
}

/** Which look is which run; pointing at one highlights it in the drawing. */
export function RunLegend({ runs, mark = "line", isFaint, pointed, onPoint }: RunLegendProps) {
  const t = useTexts(compareTexts);
  return (
    <ul className={styles.legend}>
      {runs.map(({ id, name, deletedAt }, index) => (
        <li key={id} data-faint={isFaint?.(index) || undefined} data-pointed={pointed === id || undefined}>
          <Link
            to="/runs/$run"
            params={{ run: id }}
            onPointerEnter={() => onPoint(id)}
            onPointerLeave={() => onPoint(undefined)}
            onFocus={() => onPoint(id)}
            onBlur={() => onPoint(undefined)}
          >
            <RunMark id={id} mark={mark} />
            {name}
            {deletedAt !== null && <Badge look="bad">{t.deleted}</Badge>}
          </Link>
        </li>
      ))}
    </ul>
  );
}

const DASHES: Readonly<Record<Dash, string | undefined>> = {
  solid: undefined,
  dashed: "5 3",
  dotted: "1.5 2.5",
  dashdot: "5 2 1.5 2",
};

function RunMark({ id, mark }: { readonly id: string; readonly mark: "line" | "point" }) {
  const { colour, dash } = styleOfRun(id);
  if (mark === "point") {
    return (
      <svg width="14" height="14" viewBox="-8 -8 16 16" aria-hidden="true">
        <path d={POINTS[dash]} style={{ fill: colour }} />
      </svg>
    );
  }
  return (
    <svg width="18" height="10" aria-hidden="true">
      <line x1="1" x2="17" y1="5" y2="5" style={{ stroke: colour }} strokeWidth="2.5" strokeDasharray={DASHES[dash]} />
    </svg>
  );
}
