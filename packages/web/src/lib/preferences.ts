import { useSyncExternalStore } from "react";

export type Theme = "system" | "light" | "dark";
export type Language = "en" | "zh";

/** What a person chose on this browser. Views that belong to the team are saved on the server instead. */
export interface Preferences {
  readonly theme: Theme;
  readonly language: Language;
}

const KEY = "cairn.preferences";
const listeners = new Set<() => void>();
/** Read when first asked for: modules that only format are also loaded where there is no browser. */
let current: Preferences | undefined;

function read(): Preferences {
  if (typeof document === "undefined") return { theme: "system", language: "en" };
  const language: Language = navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
  const defaults: Preferences = { theme: "system", language };
  try {
    return { ...defaults, ...(JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Preferences>) };
  } catch {
    return defaults; // storage may be switched off
  }
}

function apply(preferences: Preferences): Preferences {
  if (typeof document === "undefined") return preferences;
  const { documentElement } = document;
  documentElement.lang = preferences.language === "zh" ? "zh-Hans" : "en";
  if (preferences.theme === "system") delete documentElement.dataset["theme"];
  else documentElement.dataset["theme"] = preferences.theme;
  return preferences;
}

export function getPreferences(): Preferences {
  current ??= apply(read());
  return current;
}

/** Keeps a choice, here and in the browser's other tabs. */
export function setPreferences(change: Partial<Preferences>): void {
  current = apply({ ...getPreferences(), ...change });
  try {
    localStorage.setItem(KEY, JSON.stringify(current));
  } catch {
    // It holds until the page is closed.
  }
  for (const listener of listeners) listener();
}

function onStorage({ key }: StorageEvent): void {
  if (key !== KEY) return;
  current = apply(read());
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) window.addEventListener("storage", onStorage);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.removeEventListener("storage", onStorage);
  };
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, getPreferences);
}
