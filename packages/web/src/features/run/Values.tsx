import type { Json } from "@cairn/core";
import { formatValue } from "../../lib/format.ts";
import { useTexts } from "../../lib/texts.ts";
import styles from "./cards.module.css";
import { runPageTexts } from "./texts.ts";

/** A few named values in one line; many folded away. */
export function Values({ values }: { readonly values: Readonly<Record<string, Json>> }) {
  const t = useTexts(runPageTexts);
  const entries = Object.entries(values);
  if (entries.length === 0) return null;
  const text = entries.map(([key, value]) => `${key} ${formatValue(value)}`).join(" · ");
  if (text.length <= 160) return <span>{text}</span>;
  return (
    <details className={styles.details}>
      <summary>
        {t.details} ({entries.length})
      </summary>
      <dl className={styles.facts}>
        {entries.map(([key, value]) => (
          <div key={key} style={{ display: "contents" }}>
            <dt>{key}</dt>
            <dd>{formatValue(value)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
