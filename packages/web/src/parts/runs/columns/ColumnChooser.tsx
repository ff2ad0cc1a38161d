import type { TableColumns } from "@cairn/core";
import { Columns3, Pin, PinOff } from "lucide-react";
import { useMemo, useState } from "react";
import { formatShortCount } from "../../../lib/format.ts";
import { useTexts } from "../../../lib/texts.ts";
import { Button } from "../../../ui/Button.tsx";
import { Field } from "../../../ui/Field.tsx";
import { IconButton } from "../../../ui/IconButton.tsx";
import { Popover } from "../../../ui/Popover.tsx";
import styles from "./ColumnChooser.module.css";
import { type ShownColumn, sortPinned } from "./column-list.ts";
import { columnTitle } from "./column-look.ts";
import { columnText, type RunColumn, runAttributes, type ShownStat } from "./run-column.ts";
import { columnTexts } from "./texts.ts";

export interface ColumnChooserProps {
  readonly known: TableColumns | undefined;
  readonly columns: readonly ShownColumn[];
  /** undefined: the usual ones. */
  readonly onColumns: (columns: readonly ShownColumn[] | undefined) => void;
  readonly isOpen: boolean;
  readonly onOpen: (isOpen: boolean) => void;
}

/** More of a group than these are found by typing. */
const MOST_LISTED = 150;
const stats: readonly ShownStat[] = ["latest", "min", "max", "best"];

interface Group {
  readonly title: string;
  readonly columns: readonly { readonly column: RunColumn; readonly runs?: number }[];
}

/** Which columns the table has, by what they are, with a search; pinning, and which value of a metric. */
export function ColumnChooser(props: ColumnChooserProps) {
  const t = useTexts(columnTexts);
  return (
    <Popover
      title={t.columns}
      isOpen={props.isOpen}
      onOpen={props.onOpen}
      trigger={
        <Button>
          <Columns3 size={15} aria-hidden />
          {t.columns}
        </Button>
      }
    >
      <Chooser {...props} />
    </Popover>
  );
}

function Chooser({ known, columns, onColumns }: ColumnChooserProps) {
  const t = useTexts(columnTexts);
  const [wanted, setWanted] = useState("");
  const groups = useMemo(() => groupsOf(known, t), [known, t]);
  const needle = wanted.trim().toLowerCase();
  const found = groups
    .map(({ title, columns: all }) => ({
      title,
      columns: all.filter(({ column }) => columnTitle(column, t).toLowerCase().includes(needle)),
    }))
    .filter((group) => group.columns.length > 0);
  return (
    <>
      <div className={styles.head}>
        <Field
          label={t.search}
          isLabelHidden
          type="search"
          placeholder={t.search}
          value={wanted}
          onChange={({ target }) => setWanted(target.value)}
        />
      </div>
      <div className={styles.list}>
        {found.map((group) => (
          <fieldset key={group.title} className={styles.group}>
            <legend>
              {group.title} <span className={styles.count}>{group.columns.length}</span>
            </legend>
            {group.columns.slice(0, MOST_LISTED).map((each) => (
              <Choice key={columnText(each.column)} {...each} columns={columns} onColumns={onColumns} />
            ))}
            {group.columns.length > MOST_LISTED && (
              <p className={styles.note}>{t.more(group.columns.length - MOST_LISTED)}</p>
            )}
          </fieldset>
        ))}
        {found.length === 0 && <p className={styles.note}>{t.none}</p>}
      </div>
      <div className={styles.foot}>
        <Button size="small" look="quiet" onClick={() => onColumns(undefined)}>
          {t.usual}
        </Button>
      </div>
    </>
  );
}

interface ChoiceProps extends Pick<ColumnChooserProps, "columns" | "onColumns"> {
  readonly column: RunColumn;
  readonly runs?: number;
}

function Choice({ column, runs, columns, onColumns }: ChoiceProps) {
  const t = useTexts(columnTexts);
  const shown = columns.find((one) => isSame(one.column, column));
  const title = columnTitle(column, t);
  const replace = (change: Partial<ShownColumn>) =>
    onColumns(sortPinned(columns.map((one) => (one === shown ? { ...one, ...change } : one))));
  return (
    <div className={styles.choice}>
      <label
        className={styles.name}
        title={runs === undefined ? title : `${title} · ${t.inRuns(formatShortCount(runs))}`}
      >
        <input
          type="checkbox"
          checked={shown !== undefined}
          onChange={() =>
            onColumns(
              shown === undefined ? [...columns, { column, isPinned: false }] : columns.filter((one) => one !== shown),
            )
          }
        />
        <span className="ellipsis">{title}</span>
      </label>
      {shown?.column.kind === "metric" && (
        <select
          className={styles.stat}
          aria-label={t.statOf(title)}
          value={shown.column.stat}
          onChange={({ target }) =>
            shown.column.kind === "metric" && replace({ column: { ...shown.column, stat: target.value as ShownStat } })
          }
        >
          {stats.map((stat) => (
            <option key={stat} value={stat} title={stat === "best" ? t.bestHelp : undefined}>
              {t[stat]}
            </option>
          ))}
        </select>
      )}
      {shown !== undefined && (
        <IconButton
          size="small"
          label={shown.isPinned ? t.unpin : t.pin}
          isPressed={shown.isPinned}
          onClick={() => replace({ isPinned: !shown.isPinned })}
        >
          {shown.isPinned ? <PinOff size={13} aria-hidden /> : <Pin size={13} aria-hidden />}
        </IconButton>
      )}
    </div>
  );
}

/** A metric's column is the same whichever of its values it shows. */
function isSame(a: RunColumn, b: RunColumn): boolean {
  if (a.kind === "metric" && b.kind === "metric") return a.key === b.key;
  return columnText(a) === columnText(b);
}

function groupsOf(known: TableColumns | undefined, t: (typeof columnTexts)["en"]): readonly Group[] {
  return [
    {
      title: t.run,
      columns: [
        ...runAttributes.map((name) => ({ column: { kind: "attribute", name } as const })),
        { column: { kind: "label" } as const },
        { column: { kind: "dataset" } as const },
      ],
    },
    {
      title: t.metrics,
      columns: (known?.metrics ?? []).map(({ key, runs }) => ({
        column: { kind: "metric", key, stat: "latest" },
        runs,
      })),
    },
    {
      title: t.parameters,
      columns: (known?.parameters ?? []).map(({ key, runs }) => ({ column: { kind: "parameter", key }, runs })),
    },
    { title: t.tags, columns: (known?.tags ?? []).map(({ key, runs }) => ({ column: { kind: "tag", key }, runs })) },
  ];
}
