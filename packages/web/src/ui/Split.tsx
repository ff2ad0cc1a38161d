import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from "react";
import styles from "./Split.module.css";

export interface SplitProps {
  readonly start: ReactNode;
  readonly end: ReactNode;
  /** The first part's share of the width. */
  readonly percent: number;
  readonly onPercent: (percent: number) => void;
  /** What the divider changes. */
  readonly label: string;
}

const LEAST = 15;
const STEP = 2;
const DIVIDER = 12;

/** Two parts side by side, with a divider between them that is dragged, or moved by ← and →. */
export function Split({ start, end, percent, onPercent, label }: SplitProps) {
  const box = useRef<HTMLDivElement>(null);
  const [dragged, setDragged] = useState<number>();
  const share = dragged ?? percent;
  const clamp = (value: number) => Math.round(Math.max(LEAST, Math.min(100 - LEAST, value)));
  const shareAt = (event: PointerEvent) => {
    const { left, width } = box.current?.getBoundingClientRect() ?? { left: 0, width: 1 };
    return clamp(((event.clientX - left) / width) * 100);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = { ArrowLeft: share - STEP, ArrowRight: share + STEP, Home: LEAST, End: 100 - LEAST }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    onPercent(clamp(next));
  };
  return (
    <div
      ref={box}
      className={styles.split}
      style={{ gridTemplateColumns: `minmax(0, ${share}fr) ${DIVIDER}px minmax(0, ${100 - share}fr)` }}
    >
      <div className={styles.part}>{start}</div>
      <div
        role="separator"
        aria-orientation="vertical"
        aria-label={label}
        aria-valuenow={share}
        aria-valuemin={LEAST}
        aria-valuemax={100 - LEAST}
        tabIndex={0}
        className={styles.divider}
        data-dragging={dragged === undefined ? undefined : true}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          event.preventDefault();
          event.currentTarget.setPointerCapture(event.pointerId);
          setDragged(percent);
        }}
        onPointerMove={(event) => dragged !== undefined && setDragged(shareAt(event))}
        onPointerUp={(event) => {
          if (dragged !== undefined) onPercent(shareAt(event));
          setDragged(undefined);
        }}
        onPointerCancel={() => setDragged(undefined)}
      />
      <div className={styles.part}>{end}</div>
    </div>
  );
}
