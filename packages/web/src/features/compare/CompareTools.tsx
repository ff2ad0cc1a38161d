import { useTexts } from "../../lib/texts.ts";
import { Field } from "../../ui/Field.tsx";
import { Select } from "../../ui/Select.tsx";
import { Switch } from "../../ui/Switch.tsx";
import styles from "./CompareTools.module.css";
import type { CompareRoom } from "./compare-room.ts";
import { compareTexts } from "./texts.ts";

export interface CompareToolsProps extends Pick<CompareRoom, "view" | "change"> {
  readonly shown: number;
  readonly all: number;
}

/** Which rows the table shows. */
export function CompareTools({ view, change, shown, all }: CompareToolsProps) {
  const t = useTexts(compareTexts);
  return (
    <div className={styles.tools}>
      <div className={styles.filter}>
        <Field
          label={t.filter}
          isLabelHidden
          placeholder={t.filter}
          type="search"
          value={view.filter}
          onChange={({ target }) => change({ filter: target.value })}
        />
      </div>
      <Switch
        label={t.onlyDifferences}
        isOn={view.onlyDifferences}
        onChange={(onlyDifferences) => change({ onlyDifferences })}
      />
      <Select
        label={t.summary}
        value={view.summary}
        options={[
          { value: "latest", label: t.latest },
          { value: "min", label: t.min },
          { value: "max", label: t.max },
        ]}
        onChange={(summary) => change({ summary: summary === "min" || summary === "max" ? summary : "latest" })}
        labelPlace="before"
      />
      <span className={styles.count} role="status">
        {t.rows(shown, all)}
      </span>
    </div>
  );
}
