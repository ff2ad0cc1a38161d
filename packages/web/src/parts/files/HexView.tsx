import { ScrollBox } from "../../ui/ScrollBox.tsx";
import styles from "./FilePreview.module.css";
import { hexLines } from "./hex-lines.ts";

/** Bytes by sixteens. */
export function HexView({ bytes, label }: { readonly bytes: Uint8Array; readonly label: string }) {
  const lines = hexLines(bytes);
  return (
    <ScrollBox label={label} className={styles.code}>
      <div className={styles.hex}>
        <pre className={styles.numbers}>{lines.map(({ offset }) => offset).join("\n")}</pre>
        <pre>{lines.map(({ hex }) => hex).join("\n")}</pre>
        <pre className={styles.ascii} aria-hidden>
          {lines.map(({ text }) => text).join("\n")}
        </pre>
      </div>
    </ScrollBox>
  );
}
