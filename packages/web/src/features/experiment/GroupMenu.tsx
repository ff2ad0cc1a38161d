import { Group } from "lucide-react";
import { useTexts } from "../../lib/texts.ts";
import { columnTitle } from "../../parts/runs/columns/column-look.ts";
import { columnText, type RunColumn } from "../../parts/runs/columns/run-column.ts";
import { columnTexts } from "../../parts/runs/columns/texts.ts";
import { Button } from "../../ui/Button.tsx";
import { Menu, type MenuEntry } from "../../ui/Menu.tsx";
import { experimentTexts } from "./texts.ts";
import { canGroup } from "./use-table-columns.tsx";

export interface GroupMenuProps {
  readonly group: RunColumn | undefined;
  /** Of the table: what one may group by. */
  readonly columns: readonly RunColumn[];
  readonly onGroup: (group: RunColumn | undefined) => void;
}

const usual: readonly RunColumn[] = [
  { kind: "attribute", name: "state" },
  { kind: "attribute", name: "author" },
  { kind: "label" },
];

/** By what the runs are grouped. */
export function GroupMenu({ group, columns, onGroup }: GroupMenuProps) {
  const t = useTexts(experimentTexts);
  const names = useTexts(columnTexts);
  const choices = new Map(
    [...usual, ...columns.filter(canGroup), ...(group === undefined ? [] : [group])].map((column) => [
      columnText(column),
      column,
    ]),
  );
  const entries: MenuEntry[] = [...choices].map(([text, column]) => ({
    label: columnTitle(column, names),
    isChecked: group !== undefined && columnText(group) === text,
    onSelect: () => onGroup(column),
  }));
  return (
    <Menu
      trigger={
        <Button>
          <Group size={15} aria-hidden />
          {group === undefined ? t.group : `${t.group}: ${columnTitle(group, names)}`}
        </Button>
      }
      entries={[
        { label: t.noGroup, isChecked: group === undefined, onSelect: () => onGroup(undefined) },
        "line",
        ...entries,
      ]}
    />
  );
}
