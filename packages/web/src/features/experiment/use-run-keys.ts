import { useKeys } from "../../lib/keys.ts";
import type { experimentTexts } from "./texts.ts";
import type { Deeds } from "./use-deeds.ts";

export interface RunKeysInput {
  readonly t: (typeof experimentTexts)["en"];
  readonly isTrash: boolean;
  readonly deeds: Deeds;
  readonly go: (step: number) => void;
  readonly select: () => void;
  readonly eye: (isOnly: boolean) => void;
  readonly clear: () => void;
  readonly hasSelection: boolean;
  readonly chooseColumns: () => void;
}

/** The keys of the runs' table, which work wherever nobody types. */
export function useRunKeys({
  t,
  isTrash,
  deeds,
  go,
  select,
  eye,
  clear,
  hasSelection,
  chooseColumns,
}: RunKeysInput): void {
  const { keys } = t;
  useKeys(t.keysTitle, {
    j: { label: keys.down, run: () => go(1) },
    k: { label: keys.up, run: () => go(-1) },
    x: { label: keys.select, run: select },
    e: { label: keys.eye, run: () => eye(false) },
    "shift+e": { label: keys.only, run: () => eye(true) },
    v: { label: keys.columns, run: chooseColumns },
    ...(hasSelection ? { escape: { label: keys.unselect, run: clear } } : {}),
    ...(isTrash
      ? {}
      : {
          c: { label: keys.compare, run: deeds.compare },
          l: { label: keys.label, run: deeds.label },
          t: { label: keys.tag, run: deeds.tag },
          n: { label: keys.note, run: deeds.note },
          s: { label: keys.star, run: () => deeds.star(true) },
          delete: { label: keys.remove, run: deeds.remove },
        }),
  });
}
