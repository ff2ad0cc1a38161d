import { getPreferences, type Language, usePreferences } from "./preferences.ts";

/** Both languages say the same things: a text that one lacks does not compile. */
export interface Texts<T> {
  readonly en: T;
  readonly zh: { readonly [K in keyof T]: T[K] extends string ? string : T[K] };
}

/**
 * The texts of one room of the page, in both languages.
 *
 * @example
 * const texts = defineTexts({
 *   en: { title: "Runs", count: (n: number) => `${n} runs` },
 *   zh: { title: "训练", count: (n: number) => `${n} 个训练` },
 * });
 * // in a component: const t = useTexts(texts); t.count(3)
 */
export function defineTexts<T>(texts: Texts<T>): Texts<T> {
  return texts;
}

export function useTexts<T>(texts: Texts<T>): T {
  return texts[usePreferences().language] as T;
}

/** The locale for `Intl`. */
export function localeOf(language: Language): string {
  return language === "zh" ? "zh-CN" : navigator.language.toLowerCase().startsWith("en") ? navigator.language : "en";
}

export function currentLocale(): string {
  return localeOf(getPreferences().language);
}
