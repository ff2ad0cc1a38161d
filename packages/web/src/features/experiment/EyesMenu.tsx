import { ChevronDown, Eye } from "lucide-react";
import { useTexts } from "../../lib/texts.ts";
import { Menu } from "../../ui/Menu.tsx";
import styles from "./LeadCell.module.css";
import { experimentTexts } from "./texts.ts";
import { FIRST_SHOWN, type ShownRuns } from "./view.ts";

export interface EyesMenuProps {
  readonly shown: ShownRuns;
  readonly onShown: (shown: ShownRuns) => void;
  readonly selected: readonly string[];
  readonly isAllSelected: boolean;
  readonly isSomeSelected: boolean;
  readonly onSelectAll: () => void;
}

const CHOICES = [5, FIRST_SHOWN, 20, 50];

/** Above the runs' boxes and eyes: all of them at once. */
export function EyesMenu({ shown, onShown, selected, isAllSelected, isSomeSelected, onSelectAll }: EyesMenuProps) {
  const t = useTexts(experimentTexts);
  return (
    <span className={styles.lead}>
      <input
        type="checkbox"
        tabIndex={-1}
        className={styles.box}
        aria-label={t.selectAll}
        checked={isAllSelected}
        ref={(box) => {
          if (box !== null) box.indeterminate = isSomeSelected && !isAllSelected;
        }}
        onChange={onSelectAll}
      />
      <Menu
        align="start"
        trigger={
          <button
            type="button"
            tabIndex={-1}
            className={styles.eyes}
            aria-label={t.eyes}
            title={t.eyes}
            data-column-menu=" "
          >
            <Eye size={15} aria-hidden />
            <ChevronDown size={12} aria-hidden />
          </button>
        }
        entries={[
          { heading: t.eyes },
          ...CHOICES.map((count) => ({
            label: t.showFirst(count),
            isChecked: shown.first === count && shown.more.length === 0 && shown.hidden.length === 0,
            onSelect: () => onShown({ first: count, hidden: [], more: [] }),
          })),
          {
            label: t.showSelected,
            isDisabled: selected.length === 0,
            onSelect: () => onShown({ first: 0, hidden: [], more: selected }),
          },
          { label: t.showNone, onSelect: () => onShown({ first: 0, hidden: [], more: [] }) },
        ]}
      />
    </span>
  );
}
