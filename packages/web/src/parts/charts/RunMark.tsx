import type { RunStyle } from "../runs/run-style.ts";
import styles from "./charts.module.css";

const DASHES = { solid: undefined, dashed: "5 2.5", dotted: "1.6 2", dashdot: "5 2 1.6 2" } as const;

/** How a series is drawn, small: colour, dash, and the marker of its phase. */
export function RunMark({ style, marker = 0 }: { readonly style: RunStyle; readonly marker?: number }) {
  return (
    <svg className={styles.mark} width="20" height="10" viewBox="0 0 20 10" aria-hidden style={{ color: style.colour }}>
      <path d="M1 5H19" stroke="currentColor" strokeWidth="2" strokeDasharray={DASHES[style.dash]} fill="none" />
      {marker === 1 && <circle cx="10" cy="5" r="3" stroke="currentColor" strokeWidth="1.5" fill="var(--raised)" />}
      {marker === 2 && <path d="M7.3 2.3h5.4v5.4H7.3z" stroke="currentColor" strokeWidth="1.5" fill="var(--raised)" />}
      {marker === 3 && <path d="M10 1.4l3.4 6.2H6.6z" stroke="currentColor" strokeWidth="1.5" fill="var(--raised)" />}
    </svg>
  );
}
