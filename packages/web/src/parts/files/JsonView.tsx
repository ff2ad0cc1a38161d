import { useMemo } from "react";
import { useTexts } from "../../lib/texts.ts";
import { JsonTree } from "../../ui/JsonTree.tsx";
import styles from "./FilePreview.module.css";
import { TextView } from "./TextView.tsx";
import { fileTexts } from "./texts.ts";

export interface JsonViewProps {
  readonly text: string;
  readonly label: string;
  readonly isWhole: boolean;
}

/** JSON as a tree; what cannot be read as JSON, as text. */
export function JsonView({ text, label, isWhole }: JsonViewProps) {
  const t = useTexts(fileTexts);
  const parsed = useMemo(() => {
    try {
      return isWhole ? { value: JSON.parse(text) as unknown } : undefined;
    } catch {
      return undefined;
    }
  }, [text, isWhole]);
  if (parsed !== undefined) return <JsonTree value={parsed.value} label={label} moreLabel={t.showAll} />;
  return (
    <>
      {isWhole && <p className={styles.note}>{t.notJson}</p>}
      <TextView text={text} label={label} />
    </>
  );
}
