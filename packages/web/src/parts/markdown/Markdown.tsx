import { lazy, Suspense } from "react";
import styles from "./Markdown.module.css";

const MarkdownBody = lazy(async () => ({ default: (await import("./MarkdownBody.tsx")).MarkdownBody }));

export interface MarkdownProps {
  /** As somebody wrote it: it becomes elements, never HTML. */
  readonly text: string;
  /** Where an image's bytes are on our own server; undefined for one that is not there. Without it no image is shown. */
  readonly imageUrl?: ((source: string) => string | undefined) | undefined;
  /** The level that its greatest heading has on the page. */
  readonly headings?: 2 | 3 | 4 | undefined;
}

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
