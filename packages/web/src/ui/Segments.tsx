import { Toggle } from "@base-ui/react/toggle";
import { ToggleGroup } from "@base-ui/react/toggle-group";
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
    <ToggleGroup
      className={styles.segments}
      aria-label={label}
      value={[chosen]}
      onValueChange={([key]) => key !== undefined && onChoose(key as K)}
    >
      {segments.map(({ key, label: name }) => (
        <Toggle key={key} value={key} className={styles.segment}>
          {name}
        </Toggle>
      ))}
    </ToggleGroup>
  );
}
