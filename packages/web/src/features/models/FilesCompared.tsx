import { formatBytes, formatCount } from "../../lib/format.ts";
import { formatChange } from "../../lib/format-change.ts";
import { useTexts } from "../../lib/texts.ts";
import type { ComparedFile, FileTotals } from "../../parts/versions/compare-files.ts";
import { relativeChange } from "../../parts/versions/compare-values.ts";
import { Badge } from "../../ui/Badge.tsx";
import { type SimpleColumn, SimpleTable } from "../../ui/SimpleTable.tsx";
import styles from "./FilesCompared.module.css";
import { modelTexts } from "./texts.ts";

export interface FilesComparedProps {
  readonly rows: readonly ComparedFile[];
  readonly totals: FileTotals;
  /** Files with the same bytes too. */
  readonly isAll: boolean;
}

/** More rows than this are counted, not shown. */
const MAX_ROWS = 1000;
const looks = { added: "good", removed: "bad", changed: "warn", moved: "info", same: "plain" } as const;
const signs = { added: "+", removed: "−", changed: "~", moved: "→", same: "=" } as const;
const kinds = ["added", "removed", "changed", "moved", "same"] as const;

/** Files of two versions by path: what came, what went, what has other bytes, and what has the same. */
export function FilesCompared({ rows, totals, isAll }: FilesComparedProps) {
  const t = useTexts(modelTexts);
  const shown = (isAll ? rows : rows.filter(({ change }) => change !== "same")).slice(0, MAX_ROWS);
  const columns: SimpleColumn<ComparedFile>[] = [
    {
      key: "change",
      label: "",
      cell: ({ change }) => (
        <Badge look={looks[change]}>
          <span aria-hidden>{signs[change]}</span> {change === "same" ? t.sameBytes : t[change]}
        </Badge>
      ),
      width: "130px",
    },
    {
      key: "path",
      label: t.fileName,
      isRowHeader: true,
      cell: ({ path, from }) => (
        <span className={styles.path}>
          {path}
          {from !== undefined && <span className={styles.from}> {t.movedFrom(from)}</span>}
        </span>
      ),
    },
    { key: "size", label: t.size, align: "end", cell: (row) => <Size row={row} /> },
    {
      key: "digest",
      label: "SHA-256",
      align: "end",
      cell: ({ before, after }) => (
        <span className="mono" title={after?.digest ?? before?.digest}>
          {(after ?? before)?.digest.slice(0, 12)}
        </span>
      ),
    },
  ];
  return (
    <>
      <p className={styles.totals}>
        {kinds
          .filter((kind) => totals[kind] > 0)
          .map((kind) => (
            <Badge key={kind} look={looks[kind]}>
              <span aria-hidden>{signs[kind]}</span> {formatCount(totals[kind])}{" "}
              {kind === "same" ? t.sameBytes : t[kind]}
            </Badge>
          ))}
      </p>
      {shown.length === 0 ? (
        <p className={styles.from}>{t.noDifferences}</p>
      ) : (
        <SimpleTable label={t.files} columns={columns} rows={shown} keyOf={({ path, change }) => `${change} ${path}`} />
      )}
    </>
  );
}

function Size({ row: { before, after, change } }: { readonly row: ComparedFile }) {
  const relative = change === "changed" ? relativeChange(after?.size, before?.size) : undefined;
  return (
    <>
      {relative !== undefined && relative !== 0 && <span className={styles.from}>{formatChange(relative)} </span>}
      {formatBytes((after ?? before)?.size ?? 0)}
    </>
  );
}
