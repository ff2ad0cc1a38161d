import { ChartLine, Columns2, Search, Table2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { formatCount } from "../../lib/format.ts";
import { useKeys } from "../../lib/keys.ts";
import { useTexts } from "../../lib/texts.ts";
import type { KnownField } from "../../parts/query/complete.ts";
import { QueryField } from "../../parts/query/QueryField.tsx";
import { Hint } from "../../ui/Hint.tsx";
import { Segments } from "../../ui/Segments.tsx";
import styles from "./Toolbar.module.css";
import { experimentTexts } from "./texts.ts";
import type { ExperimentView, Tab } from "./view.ts";

export interface ToolbarProps {
  readonly view: ExperimentView;
  readonly change: (part: Partial<ExperimentView>) => void;
  readonly tab: Tab;
  readonly fields: readonly KnownField[];
  /** How many runs there are; undefined while nobody knows. */
  readonly count: number | undefined;
  readonly problem?: string | undefined;
  readonly children?: React.ReactNode;
}

/** What chooses and arranges the runs. */
export function Toolbar({ view, change, tab, fields, count, problem, children }: ToolbarProps) {
  const t = useTexts(experimentTexts);
  const quick = useRef<HTMLInputElement>(null);
  const query = useRef<{ focus(): void }>(null);
  useKeys(t.keysTitle, {
    f: { label: t.keys.quick, run: () => quick.current?.focus() },
    q: { label: t.keys.query, run: () => query.current?.focus() },
    "1": { label: t.keys.table, run: () => change({ tab: "table" }) },
    "2": { label: t.keys.charts, run: () => change({ tab: "charts" }) },
    "3": { label: t.keys.both, run: () => change({ tab: "both" }) },
  });
  return (
    <div className={styles.bar}>
      <QuickFilter ref={quick} value={view.name} onApply={(name) => change({ name })} />
      <QueryField ref={query} value={view.q} onApply={(q) => change({ q })} fields={fields} problem={problem} />
      <span className={styles.count} role="status">
        {count !== undefined && (count === 1 ? t.oneRun : t.runs(formatCount(count)))}
      </span>
      {children}
      <Segments
        label={t.show}
        chosen={tab}
        onChoose={(next) => change({ tab: next })}
        segments={[
          { key: "table", label: <Icon label={t.table} keys="1" icon={<Table2 size={16} aria-hidden />} /> },
          { key: "charts", label: <Icon label={t.charts} keys="2" icon={<ChartLine size={16} aria-hidden />} /> },
          { key: "both", label: <Icon label={t.both} keys="3" icon={<Columns2 size={16} aria-hidden />} /> },
        ]}
      />
    </div>
  );
}

function Icon({
  label,
  keys,
  icon,
}: {
  readonly label: string;
  readonly keys: string;
  readonly icon: React.ReactNode;
}) {
  return (
    <Hint text={label} keys={keys}>
      <span className={styles.icon}>
        {icon}
        <span className="visually-hidden">{label}</span>
      </span>
    </Hint>
  );
}

const APPLY_MS = 200;

interface QuickFilterProps {
  readonly value: string;
  readonly onApply: (name: string) => void;
  readonly ref: React.Ref<HTMLInputElement>;
}

/** A part of a name: holds as it is typed. */
function QuickFilter({ value, onApply, ref }: QuickFilterProps) {
  const t = useTexts(experimentTexts);
  const [draft, setDraft] = useState(value);
  const [from, setFrom] = useState(value);
  if (from !== value) {
    setFrom(value);
    setDraft(value);
  }
  useEffect(() => {
    if (draft === value) return;
    const timer = setTimeout(() => onApply(draft), APPLY_MS);
    return () => clearTimeout(timer);
  }, [draft, value, onApply]);
  return (
    <label className={styles.quick}>
      <Search size={15} aria-hidden />
      <span className="visually-hidden">{t.quickPlaceholder}</span>
      <input
        ref={ref}
        type="search"
        value={draft}
        placeholder={t.quickPlaceholder}
        spellCheck={false}
        autoComplete="off"
        onChange={({ target }) => setDraft(target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") onApply(draft);
          if (event.key === "Escape" && draft !== "") {
            event.preventDefault();
            setDraft("");
            onApply("");
          }
        }}
      />
    </label>
  );
}
