import type { Model } from "@cairn/core";

/**
 * Which version the others are held against, as the address says it: `@production`, `3`, or `none`. Left out, it is the
 * first alias by name: what people run now.
 *
 * @param besides a version that is not held against itself unless the address says so.
 */
export function baselineText(model: Pick<Model, "aliases">, text: string | undefined, besides?: number): string {
  if (text === "none" || numberOfBaseline(model, text) !== undefined) return text ?? "none";
  const [first] = Object.keys(model.aliases)
    .filter((alias) => model.aliases[alias] !== besides)
    .sort();
  return first === undefined ? "none" : `@${first}`;
}

/** The number that a baseline's text names now; undefined for none. `latest` is a name too. */
export function numberOfBaseline(
  model: Pick<Model, "aliases"> & { readonly latest?: number | null },
  text: string | undefined,
): number | undefined {
  if (text === undefined) return undefined;
  if (text === "@latest") return model.latest ?? undefined;
  if (text.startsWith("@")) {
    const alias = text.slice(1);
    return Object.hasOwn(model.aliases, alias) ? model.aliases[alias] : undefined;
  }
  return /^[1-9]\d*$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : undefined;
}
