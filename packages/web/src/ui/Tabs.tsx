import { Tabs as Base } from "@base-ui/react/tabs";
import type { ReactNode } from "react";
import styles from "./Tabs.module.css";

export interface Tab<K extends string> {
  readonly key: K;
  readonly label: string;
  /** Shown small behind the label. */
  readonly count?: number | undefined;
}

export interface TabsProps<K extends string> {
  readonly label: string;
  readonly tabs: readonly Tab<K>[];
  readonly chosen: K;
  readonly onChoose: (key: K) => void;
  /** Of the chosen tab. */
  readonly children: ReactNode;
}

/** Parts of one thing, one at a time. */
export function Tabs<K extends string>({ label, tabs, chosen, onChoose, children }: TabsProps<K>) {
  return (
    <Base.Root value={chosen} onValueChange={(key) => onChoose(key as K)} className={styles.tabs}>
      <Base.List className={styles.list} aria-label={label}>
        {tabs.map(({ key, label: name, count }) => (
          <Base.Tab key={key} value={key} className={styles.tab}>
            {name}
            {count !== undefined && <span className={styles.count}>{count}</span>}
          </Base.Tab>
        ))}
        <Base.Indicator className={styles.indicator} />
      </Base.List>
      <Base.Panel value={chosen} className={styles.panel} tabIndex={-1}>
        {children}
      </Base.Panel>
    </Base.Root>
  );
}
