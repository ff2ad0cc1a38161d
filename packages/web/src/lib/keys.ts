import { useEffect, useEffectEvent, useSyncExternalStore } from "react";

/** What a key does on the screen that is shown. */
export interface Shortcut {
  /** Said in the sheet of keys, in the reader's language. */
  readonly label: string;
  readonly run: () => void;
  /** It works in fields too, and with a dialog open: for keys with Ctrl or Cmd. */
  readonly isEverywhere?: boolean | undefined;
}

/** By key: `c`, `shift+d`, `mod+k` (Ctrl, or Cmd on a Mac), `?`, `delete`, `escape`, `[`, `arrowleft`; `g h` is first g, then h. */
export type Shortcuts = Readonly<Record<string, Shortcut>>;

export interface ShortcutGroup {
  readonly title: string;
  readonly shortcuts: Shortcuts;
  /** It is around every screen, so that a screen's own keys win, whichever of them came first. */
  readonly isOutermost?: boolean | undefined;
}

let groups: readonly ShortcutGroup[] = [];
const listeners = new Set<() => void>();

function change(next: readonly ShortcutGroup[]): void {
  groups = next;
  for (const listener of listeners) listener();
}

/** `mod+shift+k` for Ctrl + Shift + K. A sign that needs Shift to be typed (`?`) is named by itself. */
export function keyOf(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">): string {
  const key = event.key.toLowerCase();
  const isSign = key.length === 1 && !/[a-z0-9]/.test(key);
  const parts = [
    event.ctrlKey || event.metaKey ? "mod+" : "",
    event.altKey ? "alt+" : "",
    event.shiftKey && !isSign ? "shift+" : "",
  ];
  return parts.join("") + (key === " " ? "space" : key);
}

/** Outermost groups stand before all others, which follow as they came. */
export function addGroup(all: readonly ShortcutGroup[], group: ShortcutGroup): readonly ShortcutGroup[] {
  return group.isOutermost === true ? [group, ...all] : [...all, group];
}

/** The innermost screen was registered last, and is asked first. */
export function findShortcut(all: readonly ShortcutGroup[], key: string): Shortcut | undefined {
  for (let index = all.length - 1; index >= 0; index--) {
    const shortcuts = all[index]?.shortcuts;
    if (shortcuts !== undefined && Object.hasOwn(shortcuts, key)) return shortcuts[key];
  }
  return undefined;
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio]), textarea, select");
}

const OPEN = "[role=dialog]:not([aria-modal=false]), [role=alertdialog]:not([aria-modal=false]), [role=menu]";

/** A dialog or a menu is open: keys without Ctrl belong to it. A message in the corner is a dialog too, but takes no keys. */
function isBusy(target: EventTarget | null): boolean {
  return isTyping(target) || document.querySelector(OPEN) !== null;
}

/** The second key of two must come so soon. */
const SECOND_KEY_MS = 1200;
let first: { readonly key: string; readonly at: number } | undefined;

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const key = keyOf(event);
  const isSecond = first !== undefined && event.timeStamp - first.at < SECOND_KEY_MS;
  const shortcut = (isSecond && findShortcut(groups, `${first?.key} ${key}`)) || findShortcut(groups, key);
  first = { key, at: event.timeStamp };
  if (shortcut === undefined || (shortcut.isEverywhere !== true && isBusy(event.target))) return;
  event.preventDefault();
  shortcut.run();
}

/**
 * Keys that work while the component is shown. Of two that are the same the one that came last wins; what is around every
 * screen says `outermost`, and yields to all.
 *
 * @example
 * useKeys("Runs", { c: { label: "Compare", run: compare }, delete: { label: "Delete", run: remove } });
 */
export function useKeys(title: string, shortcuts: Shortcuts, place?: "outermost"): void {
  const run = useEffectEvent((key: string) => shortcuts[key]?.run());
  const names = JSON.stringify(
    Object.entries(shortcuts).map(([key, { label, isEverywhere }]) => [key, label, isEverywhere]),
  );
  useEffect(() => {
    const entries = JSON.parse(names) as readonly (readonly [string, string, boolean | undefined])[];
    const group: ShortcutGroup = {
      title,
      isOutermost: place === "outermost",
      shortcuts: Object.fromEntries(
        entries.map(([key, label, isEverywhere]) => [key, { label, isEverywhere, run: () => run(key) }]),
      ),
    };
    if (groups.length === 0) document.addEventListener("keydown", onKeyDown);
    change(addGroup(groups, group));
    return () => {
      change(groups.filter((each) => each !== group));
      if (groups.length === 0) document.removeEventListener("keydown", onKeyDown);
    };
  }, [title, names, place]);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** All keys that work now, those of the outermost screen first. */
export function useShortcutGroups(): readonly ShortcutGroup[] {
  return useSyncExternalStore(subscribe, () => groups);
}
