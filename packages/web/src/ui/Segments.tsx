import type { ReactNode } from "react";
import styles from "./Segments.module.css";

export interface SegmentsProps<K extends string> {
  readonly label: string;
  readonly segments: readonly { readonly key: K; readonly label: ReactNode }[];
  readonly chosen: K;
  readonly onChoose: (key: K) => void;
}

/** A choice of few, all in sight. */
export function Segments<K extends string>({ label, segments, chosen, onChoose }: SegmentsProps<K>) {
  return (
    <div role="group" className={styles.segments} aria-label={label}>
      {segments.map(({ key, label: name }) => (
        <button
          key={key}
          type="button"
          className={styles.segment}
          aria-pressed={key === chosen}
          onClick={() => onChoose(key)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}
