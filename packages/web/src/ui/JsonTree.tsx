import { useState } from "react";
import styles from "./JsonTree.module.css";
import { ScrollBox } from "./ScrollBox.tsx";

export interface JsonTreeProps {
  readonly value: unknown;
  /** Read aloud before it. */
  readonly label: string;
  /** On the button that shows further children. */
  readonly moreLabel: (count: string) => string;
}

/** So many children are drawn at once. */
const STEP = 100;
/** Levels that are open at first. */
const OPEN_LEVELS = 2;

/** A JSON value as a tree to fold. */
export function JsonTree({ value, label, moreLabel }: JsonTreeProps) {
  return (
    <ScrollBox label={label} className={styles.box}>
      <div className={styles.tree}>
        <Node value={value} level={0} moreLabel={moreLabel} />
      </div>
    </ScrollBox>
  );
}

interface NodeProps {
  readonly name?: string | undefined;
  readonly value: unknown;
  readonly level: number;
  readonly moreLabel: (count: string) => string;
}

function Node({ name, value, level, moreLabel }: NodeProps) {
  const [isOpen, setOpen] = useState(level < OPEN_LEVELS);
  const [shown, setShown] = useState(STEP);
  const key = name !== undefined && <span className={styles.key}>{name}: </span>;
  if (value === null || typeof value !== "object") {
    return (
      <div className={styles.leaf}>
        {key}
        <span data-type={value === null ? "null" : typeof value}>
          {typeof value === "string" ? JSON.stringify(value) : String(value)}
        </span>
      </div>
    );
  }
  const isList = Array.isArray(value);
  const children = Object.entries(value);
  const [start, end] = isList ? ["[", "]"] : ["{", "}"];
  if (children.length === 0) {
    return (
      <div className={styles.leaf}>
        {key}
        {start}
        {end}
      </div>
    );
  }
  return (
    <details
      open={isOpen}
      onToggle={({ currentTarget, target }) => target === currentTarget && setOpen(currentTarget.open)}
    >
      <summary>
        {key}
        {start}
        {!isOpen && (
          <>
            <span className={styles.count}>{children.length}</span>
            {end}
          </>
        )}
      </summary>
      {isOpen && (
        <div className={styles.children}>
          {children.slice(0, shown).map(([childName, child]) => (
            <Node key={childName} name={childName} value={child} level={level + 1} moreLabel={moreLabel} />
          ))}
          {children.length > shown && (
            <button type="button" className={styles.more} onClick={() => setShown(shown + STEP * 10)}>
              {moreLabel(String(Math.min(children.length - shown, STEP * 10)))}
            </button>
          )}
        </div>
      )}
      {isOpen && <div className={styles.end}>{end}</div>}
    </details>
  );
}
