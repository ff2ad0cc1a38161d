import styles from "./Sparkline.module.css";

export interface SparklineProps {
  /** Left to right; what is not finite is a gap. */
  readonly values: readonly number[];
  /** What it shows, for those who cannot see it. */
  readonly label: string;
}

const WIDTH = 120;
const HEIGHT = 28;
const MARGIN = 2;

/** A line as small as a word: its shape, without axes. */
export function Sparkline({ values, label }: SparklineProps) {
  return (
    <svg
      className={styles.sparkline}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={label}
      preserveAspectRatio="none"
    >
      <path d={sparklinePath(values)} />
    </svg>
  );
}

function sparklinePath(values: readonly number[]): string {
  const finite = values.filter(Number.isFinite);
  const least = Math.min(...finite);
  const span = Math.max(...finite) - least || 1;
  let isPenDown = false;
  return values
    .map((value, index) => {
      if (!Number.isFinite(value)) {
        isPenDown = false;
        return "";
      }
      const x = MARGIN + (index / Math.max(values.length - 1, 1)) * (WIDTH - 2 * MARGIN);
      const y = HEIGHT - MARGIN - ((value - least) / span) * (HEIGHT - 2 * MARGIN);
      const verb = isPenDown ? "L" : "M";
      isPenDown = true;
      return `${verb}${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .join("");
}
