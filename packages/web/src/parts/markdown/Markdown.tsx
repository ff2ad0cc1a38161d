import { lazy, Suspense } from "react";
import styles from "./Markdown.module.css";
import type { MarkdownProps } from "./MarkdownBody.tsx";

const MarkdownBody = lazy(async () => ({ default: (await import("./MarkdownBody.tsx")).MarkdownBody }));

export type { MarkdownProps } from "./MarkdownBody.tsx";

/** Markdown with tables, task lists and the like. Until it is loaded, the text as it is written. */
export function Markdown(props: MarkdownProps) {
  return (
    <div className={styles.markdown}>
      <Suspense fallback={<p className={styles.plain}>{props.text}</p>}>
        <MarkdownBody {...props} />
      </Suspense>
    </div>
  );
}
