import type { ReactNode } from "react";
import type { MenuEntry } from "../Menu.tsx";

/** A column of a `DataTable`. Order, width and pinning are the owner's: columns come in the order they are shown, pinned first. */
export interface TableColumn<R> {
  readonly key: string;
  /** Its name, read aloud and shown unless `header` is given. */
  readonly title: string;
  /** Shown small before the title: what kind of value it is. */
  readonly kind?: string | undefined;
  /** Shown in the header instead of the title. */
  readonly header?: ReactNode;
  /** In px. */
  readonly width: number;
  readonly align?: "start" | "end" | undefined;
  readonly isPinned?: boolean | undefined;
  /** Stays where it is, as wide as it is, and sorts nothing. */
  readonly isFixed?: boolean | undefined;
  readonly isSortable?: boolean | undefined;
  readonly cell: (row: R, index: number) => ReactNode;
  /** What can be done with the column; made when its menu opens. */
  readonly menu?: (() => readonly MenuEntry[]) | undefined;
}

export interface SortKey {
  readonly key: string;
  readonly descending: boolean;
}

/** The words of the table itself. */
export interface TableTexts {
  readonly resize: (column: string) => string;
  readonly menu: (column: string) => string;
  readonly loading: string;
}

/** Row -1 is the header. */
export interface GridPlace {
  readonly row: number;
  readonly column: number;
}

export const MIN_COLUMN_WIDTH = 56;
export const MAX_COLUMN_WIDTH = 900;
