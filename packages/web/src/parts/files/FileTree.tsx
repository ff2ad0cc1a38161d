import { useQueries } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { ChevronRight, Folder, FolderOpen } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { formatBytes } from "../../lib/format.ts";
import { problemText } from "../../lib/problem.ts";
import { useTexts } from "../../lib/texts.ts";
import { Problem } from "../../ui/Problem.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { FileIcon } from "./FileIcon.tsx";
import styles from "./FileTree.module.css";
import type { FileSource } from "./file-source.ts";
import { FIRST_LIMIT, folderQuery, MORE_LIMIT } from "./folder-query.ts";
import { fileTexts } from "./texts.ts";
import { type FolderState, foldersAbove, type TreeRow, treeRows } from "./tree-rows.ts";

const ROW_PX = matchMedia("(pointer: coarse)").matches ? 42 : 30;

export interface FileTreeProps {
  readonly source: FileSource;
  readonly chosen: string;
  readonly onChoose: (path: string) => void;
  readonly label: string;
}

/** The tree alone: folders are asked for as they are opened. Arrow keys as in every tree; letters jump to names. */
export function FileTree({ source, chosen, onChoose, label }: FileTreeProps) {
  const t = useTexts(fileTexts);
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(foldersAbove(chosen)));
  const [large, setLarge] = useState<ReadonlySet<string>>(new Set());
  const [active, setActive] = useState<string>();

  useEffect(() => setOpen((before) => new Set([...before, ...foldersAbove(chosen)])), [chosen]);

  const wanted = ["", ...[...open].sort()];
  const { folders, error, retry } = useQueries({
    queries: wanted.map((folder) => folderQuery(source, folder, large.has(folder) ? MORE_LIMIT : FIRST_LIMIT)),
    combine: (results) => ({
      folders: new Map<string, FolderState>(
        results.flatMap(({ data }, index) => (data === undefined ? [] : [[wanted[index] ?? "", data] as const])),
      ),
      error: results[0]?.error ?? null,
      retry: () => void results[0]?.refetch(),
    }),
  });
  const rows = useMemo(() => treeRows(folders, open), [folders, open]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
  });

  const chosenPath = chosen.replace(/\/$/, "");
  const activeIndex = Math.max(
    0,
    rows.findIndex((row) => keyOf(row) === (active ?? chosenPath)),
  );

  const toggle = (path: string, isOpen = !open.has(path)) => {
    const next = new Set(open);
    if (isOpen) next.add(path);
    else next.delete(path);
    setOpen(next);
  };
  const choose = (row: TreeRow | undefined) => {
    if (row === undefined || row.kind === "loading") return;
    if (row.kind === "more") {
      setLarge(new Set([...large, row.folder]));
      return;
    }
    setActive(row.entry.path);
    if (row.entry.isFolder) toggle(row.entry.path);
    onChoose(row.entry.isFolder ? `${row.entry.path}/` : row.entry.path);
  };
  const moveTo = (index: number) => {
    const row = rows[Math.min(Math.max(index, 0), rows.length - 1)];
    if (row === undefined) return;
    setActive(keyOf(row));
    virtual.scrollToIndex(rows.indexOf(row));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const row = rows[activeIndex];
    const entry = row?.kind === "entry" ? row : undefined;
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => moveTo(activeIndex + 1),
      ArrowUp: () => moveTo(activeIndex - 1),
      Home: () => moveTo(0),
      End: () => moveTo(rows.length - 1),
      Enter: () => choose(row),
      " ": () => choose(row),
      ArrowRight: () => {
        if (entry?.isOpen === false) toggle(entry.entry.path, true);
        else if (entry?.isOpen === true) moveTo(activeIndex + 1);
      },
      ArrowLeft: () => {
        if (entry?.isOpen === true) toggle(entry.entry.path, false);
        else if (entry !== undefined) moveTo(rows.findIndex((each) => keyOf(each) === parentOf(entry.entry.path)));
      },
    };
    const move = moves[event.key] ?? (event.key.length === 1 ? () => jumpTo(event.key) : undefined);
    if (move === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    move();
  };
  const jumpTo = (letter: string) => {
    const order = [...rows.keys()].map((offset) => (activeIndex + 1 + offset) % rows.length);
    const found = order.find((index) => {
      const row = rows[index];
      return row?.kind === "entry" && row.name.toLowerCase().startsWith(letter.toLowerCase());
    });
    if (found !== undefined) moveTo(found);
  };

  if (error !== null && folders.size === 0) {
    return (
      <div className={styles.problem}>
        <Problem title={t.listFailed} detail={problemText(error)} retryLabel={t.again} onRetry={retry} />
      </div>
    );
  }
  return (
    <div
      ref={box}
      className={styles.tree}
      role="tree"
      aria-label={label}
      tabIndex={0}
      aria-activedescendant={rows.length === 0 ? undefined : `${id}-${activeIndex}`}
      onKeyDown={onKeyDown}
    >
      <div className={styles.all} style={{ height: virtual.getTotalSize() }} role="none">
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the focus and hears its keys
            // biome-ignore lint/a11y/useFocusableInteractive: aria-activedescendant names it
            <div
              key={keyOf(row)}
              role="treeitem"
              id={`${id}-${index}`}
              className={styles.row}
              style={{
                height: ROW_PX,
                transform: `translateY(${start}px)`,
                paddingInlineStart: 8 + (row.level - 1) * 16,
              }}
              data-active={index === activeIndex || undefined}
              onClick={() => choose(row)}
              {...treeItem(row, chosenPath)}
            >
              <RowContent row={row} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function RowContent({ row }: { readonly row: TreeRow }) {
  const t = useTexts(fileTexts);
  if (row.kind === "loading") return <Skeleton width="60%" height="12px" />;
  if (row.kind === "more") return <span className={styles.more}>{t.more}</span>;
  const { entry, name, isOpen } = row;
  return (
    <>
      <span className={styles.mark} data-open={isOpen || undefined}>
        {entry.isFolder && <ChevronRight size={13} aria-hidden />}
      </span>
      <span className={styles.icon}>
        {entry.isFolder ? (
          isOpen ? (
            <FolderOpen size={15} aria-hidden />
          ) : (
            <Folder size={15} aria-hidden />
          )
        ) : (
          <FileIcon path={entry.path} />
        )}
      </span>
      <span className={styles.name} title={name}>
        {name}
      </span>
      {!entry.isFolder && <span className={styles.size}>{formatBytes(entry.size)}</span>}
    </>
  );
}

function treeItem(row: TreeRow, chosen: string) {
  if (row.kind !== "entry") return { "aria-level": row.level };
  return {
    "aria-level": row.level,
    "aria-posinset": row.place,
    "aria-setsize": row.count,
    "aria-expanded": row.isOpen,
    "aria-selected": row.entry.path === chosen,
  };
}

function keyOf(row: TreeRow): string {
  return row.kind === "entry" ? row.entry.path : `${row.folder}/ ${row.kind}`;
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
