import type { Artifact, Version } from "@cairn/core";
import { Link } from "@tanstack/react-router";
import { ArrowDown, ArrowUp, Folder } from "lucide-react";
import { formatAge, formatBytes, formatCount, formatTime } from "../../lib/format.ts";
import { useTexts } from "../../lib/texts.ts";
import { useNow } from "../../lib/use-now.ts";
import { FileIcon } from "../../parts/files/FileIcon.tsx";
import { useVersionActions } from "../../parts/versions/use-version-actions.ts";
import { ScrollBox } from "../../ui/ScrollBox.tsx";
import { FileMenu } from "./FileMenu.tsx";
import styles from "./FileTable.module.css";
import type { FileSort, Row } from "./list-folder.ts";
import { filesTexts } from "./texts.ts";

export interface FileTableProps {
  readonly version: Version;
  readonly rows: readonly Row[];
  /** All files of the version: what is deleted with a folder. */
  readonly all: readonly Artifact[];
  readonly sort: FileSort;
  readonly isDescending: boolean;
  readonly isWritable: boolean;
  readonly onFolder: (path: string) => void;
  readonly onSort: (sort: FileSort) => void;
}

/** Folders and files with size, time and checksum; a click on a column's name sorts by it. */
export function FileTable(props: FileTableProps) {
  const { version, rows, all, isWritable, onFolder } = props;
  const t = useTexts(filesTexts);
  return (
    <ScrollBox label={t.files}>
      <table className={styles.table}>
        <caption className="visually-hidden">{t.files}</caption>
        <thead>
          <tr>
            <Heading {...props} name="name" label={t.name} />
            <Heading {...props} name="size" label={t.size} isEnd />
            <Heading {...props} name="mod" label={t.time} isEnd />
            <th scope="col" className={styles.roomy}>
              {t.hash}
            </th>
            <th scope="col" className={styles.menu}>
              <span className="visually-hidden">{t.moreActions}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <FileRow key={row.path} version={version} row={row} all={all} isWritable={isWritable} onFolder={onFolder} />
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

interface HeadingProps extends FileTableProps {
  readonly name: FileSort;
  readonly label: string;
  readonly isEnd?: boolean;
}

function Heading({ name, label, sort, isDescending, onSort, isEnd = false }: HeadingProps) {
  const isChosen = sort === name;
  const Arrow = isDescending ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      data-align={isEnd ? "end" : undefined}
      aria-sort={isChosen ? (isDescending ? "descending" : "ascending") : undefined}
    >
      <button type="button" className={styles.heading} onClick={() => onSort(name)}>
        {label}
        {isChosen && <Arrow size={12} aria-hidden />}
      </button>
    </th>
  );
}

interface FileRowProps {
  readonly version: Version;
  readonly row: Row;
  readonly all: readonly Artifact[];
  readonly isWritable: boolean;
  readonly onFolder: (path: string) => void;
}

function FileRow({ version, row, all, isWritable, onFolder }: FileRowProps) {
  const t = useTexts(filesTexts);
  const now = useNow();
  const { copy } = useVersionActions();
  const digest = row.file?.digest;
  return (
    <tr>
      <th scope="row" className={styles.name}>
        {row.isFolder ? (
          <button type="button" className={styles.open} onClick={() => onFolder(row.path)}>
            <Folder size={15} aria-hidden />
            <span>{row.name}</span>
            <span className={styles.soft}>{t.fileCount(formatCount(row.files))}</span>
          </button>
        ) : (
          <Link
            to="/models/$model/versions/$version"
            params={{ model: version.name, version: String(version.number) }}
            search={{ tab: "files", path: row.path }}
            className={styles.open}
            title={t.preview}
          >
            <FileIcon path={row.path} />
            <span>{row.name}</span>
          </Link>
        )}
      </th>
      <td data-align="end">{formatBytes(row.size)}</td>
      <td data-align="end">
        <time dateTime={new Date(row.at).toISOString()} title={formatTime(row.at, "seconds")}>
          {formatAge(row.at, now)}
        </time>
      </td>
      <td className={styles.roomy}>
        {digest !== undefined && (
          <button
            type="button"
            className={styles.hash}
            title={digest}
            aria-label={`${t.copyHash}: ${digest.slice(0, 12)}`}
            onClick={() => void copy(digest)}
          >
            {digest.slice(0, 12)}
          </button>
        )}
      </td>
      <td className={styles.menu}>
        <FileMenu version={version} row={row} all={all} isWritable={isWritable} />
      </td>
    </tr>
  );
}
