import { Menu as Base } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import { type ReactElement, type ReactNode, useState } from "react";
import { Keys } from "./Keys.tsx";
import styles from "./Menu.module.css";

export type MenuEntry =
  | {
      readonly label: string;
      readonly onSelect: () => void;
      readonly icon?: ReactNode;
      readonly keys?: string | undefined;
      readonly isDisabled?: boolean | undefined;
      readonly isDangerous?: boolean | undefined;
      /** Given: the entry is one of a choice, and says whether it is the chosen one. */
      readonly isChecked?: boolean | undefined;
    }
  | { readonly heading: string }
  | "line";

export interface MenuProps {
  /** The button that opens it: one element that takes a ref and props. */
  readonly trigger: ReactElement<Record<string, unknown>>;
  readonly entries: readonly MenuEntry[];
  readonly align?: "start" | "center" | "end" | undefined;
  /** It opens when the button is let go, not when it is pressed: for what can be dragged, too. */
  readonly isDraggable?: boolean | undefined;
}

/** Things to do with what the button stands for. */
export function Menu({ trigger, entries, align = "end", isDraggable = false }: MenuProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Base.Root open={isOpen} onOpenChange={setOpen}>
      {isDraggable ? (
        <Base.Trigger
          render={trigger}
          onMouseDown={(event) => event.preventBaseUIHandler()}
          onClick={() => setOpen(true)}
        />
      ) : (
        <Base.Trigger render={trigger} />
      )}
      <Base.Portal>
        <Base.Positioner align={align} sideOffset={4} className={styles.place}>
          <Base.Popup className={styles.menu}>{entries.map(entryElement)}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function entryElement(entry: MenuEntry, index: number) {
  if (entry === "line") return <Base.Separator key={`line ${index}`} className={styles.line} />;
  if ("heading" in entry) {
    return (
      <div key={entry.heading} className={styles.heading}>
        {entry.heading}
      </div>
    );
  }
  const { label, onSelect, icon, keys, isDisabled, isDangerous, isChecked } = entry;
  const inside = (
    <>
      <span className={styles.icon}>
        {isChecked === undefined ? icon : isChecked && <Check size={14} aria-hidden />}
      </span>
      <span className={styles.label}>{label}</span>
      {keys !== undefined && <Keys keys={keys} />}
    </>
  );
  if (isChecked !== undefined) {
    return (
      <Base.CheckboxItem
        key={label}
        className={styles.item}
        checked={isChecked}
        disabled={isDisabled ?? false}
        onCheckedChange={onSelect}
        closeOnClick
      >
        {inside}
      </Base.CheckboxItem>
    );
  }
  return (
    <Base.Item
      key={label}
      className={styles.item}
      disabled={isDisabled ?? false}
      data-dangerous={isDangerous || undefined}
      onClick={onSelect}
    >
      {inside}
    </Base.Item>
  );
}
