import { useMemo, useState } from "react";
import { useTexts } from "../../lib/texts.ts";
import { ScrollBox } from "../../ui/ScrollBox.tsx";
import styles from "./FilePreview.module.css";
import { fileTexts } from "./texts.ts";

/** Text as it is, with the numbers of its lines. */
export function TextView({ text, label }: { readonly text: string; readonly label: string }) {
  const t = useTexts(fileTexts);
  const [isWrapped, setWrapped] = useState(false);
  const numbers = useMemo(() => {
    const count = text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
    return Array.from({ length: count }, (_, index) => index + 1).join("\n");
  }, [text]);
  return (
    <div className={styles.text}>
      <label className={styles.wrap}>
        <input type="checkbox" checked={isWrapped} onChange={() => setWrapped(!isWrapped)} /> {t.wrap}
      </label>
      <ScrollBox label={label} className={styles.code}>
        <div className={styles.lines} data-wrapped={isWrapped || undefined}>
          {!isWrapped && (
            <pre className={styles.numbers} aria-hidden>
              {numbers}
            </pre>
          )}
          <pre>{text}</pre>
        </div>
      </ScrollBox>
    </div>
  );
}
