import { useQuery } from "@tanstack/react-query";
import { Download, Folder } from "lucide-react";
import type { ReactNode } from "react";
import { formatBytes, formatCount } from "../../lib/format.ts";
import { problemText } from "../../lib/problem.ts";
import { useTexts } from "../../lib/texts.ts";
import { LinkButton } from "../../ui/LinkButton.tsx";
import { Problem } from "../../ui/Problem.tsx";
import { SimpleTable } from "../../ui/SimpleTable.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { FileIcon } from "./FileIcon.tsx";
import styles from "./FilePane.module.css";
import type { FileSource } from "./file-source.ts";
import { folderQuery } from "./folder-query.ts";
import { PathLine } from "./PathLine.tsx";
import { fileTexts } from "./texts.ts";
import { nameOf, treeRows } from "./tree-rows.ts";

export interface FolderPaneProps {
  readonly source: FileSource;
  /** "" is all. */
  readonly folder: string;
  readonly onPath: (path: string) => void;
  readonly empty?: ReactNode;
  readonly actions?: ((path: string) => ReactNode) | undefined;
}

/** What is in a folder, and the whole of it as a zip. */
export function FolderPane({ source, folder, onPath, empty, actions }: FolderPaneProps) {
  const t = useTexts(fileTexts);
  const { data, error, refetch } = useQuery(folderQuery(source, folder));
  if (error !== null) {
    return (
      <div className={styles.body}>
        <Problem title={t.listFailed} detail={problemText(error)} retryLabel={t.again} onRetry={() => void refetch()} />
      </div>
    );
  }
  if (data?.entries.length === 0 && folder === "" && empty !== undefined) {
    return <div className={styles.body}>{empty}</div>;
  }
  const entries = treeRows(new Map([["", data ?? { entries: [], hasMore: false }]]), new Set()).flatMap((row) =>
    row.kind === "entry" ? [row.entry] : [],
  );
  return (
    <>
      <header className={styles.head}>
        <PathLine path={folder === "" ? "" : `${folder}/`} onPath={onPath} />
        <div className={styles.tools}>
          {actions?.(folder === "" ? "" : `${folder}/`)}
          {entries.length > 0 && (
            <LinkButton size="small" href={source.archiveUrl(folder)} download>
              <Download size={14} aria-hidden />
              {t.downloadZip}
            </LinkButton>
          )}
        </div>
      </header>
      <div className={styles.body}>
        {data === undefined ? (
          <Skeleton height="180px" />
        ) : entries.length === 0 ? (
          <p className={styles.soft}>{t.emptyFolder}</p>
        ) : (
          <SimpleTable
            label={folder === "" ? t.all : folder}
            rows={entries.slice(0, 1000)}
            keyOf={({ path }) => path}
            columns={[
              {
                key: "name",
                label: t.name,
                isRowHeader: true,
                cell: ({ path, isFolder }) => (
                  <button type="button" className={styles.entry} onClick={() => onPath(isFolder ? `${path}/` : path)}>
                    {isFolder ? <Folder size={15} aria-hidden /> : <FileIcon path={path} />}
                    {nameOf(path)}
                  </button>
                ),
              },
              {
                key: "size",
                label: t.size,
                align: "end",
                cell: ({ isFolder, size }) => (isFolder ? "" : formatBytes(size)),
              },
            ]}
          />
        )}
        {data !== undefined && entries.length > 1 && (
          <p className={styles.soft}>{t.items(formatCount(entries.length) + (data.hasMore ? "+" : ""))}</p>
        )}
      </div>
    </>
  );
}
