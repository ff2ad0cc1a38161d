import type { ReactNode } from "react";
import { useTexts } from "../../lib/texts.ts";
import styles from "./FileBrowser.module.css";
import { FilePane } from "./FilePane.tsx";
import { FileTree } from "./FileTree.tsx";
import { FolderPane } from "./FolderPane.tsx";
import type { FileSource } from "./file-source.ts";
import { fileTexts } from "./texts.ts";

export interface FileBrowserProps {
  readonly source: FileSource;
  /** What is looked at: a file, or a folder by a `/` at its end; "" is all. Kept in the address by the screen. */
  readonly path: string;
  /** Of the file; the newest when left out. */
  readonly revision?: number | undefined;
  readonly onPath: (path: string, revision?: number) => void;
  /** Shown instead when there is no file at all. */
  readonly empty?: ReactNode;
  /** What else can be done with what is looked at: more buttons. */
  readonly actions?: ((path: string) => ReactNode) | undefined;
}

/** A tree of files beside what the chosen one holds. Nothing that a file holds ever runs. */
export function FileBrowser({ source, path, revision, onPath, empty, actions }: FileBrowserProps) {
  const t = useTexts(fileTexts);
  const isFolder = path === "" || path.endsWith("/");
  return (
    <div className={styles.browser} data-file={!isFolder || undefined}>
      <FileTree source={source} chosen={path} onChoose={onPath} label={t.tree} />
      <section className={styles.pane} aria-label={isFolder ? t.folder : path}>
        {isFolder ? (
          <FolderPane
            source={source}
            folder={path.replace(/\/$/, "")}
            onPath={onPath}
            empty={empty}
            actions={actions}
          />
        ) : (
          <FilePane source={source} path={path} revision={revision} onPath={onPath} actions={actions} />
        )}
      </section>
    </div>
  );
}
