import type { Version } from "@cairn/core";

/**
 * What a version is called in a sentence: `credit:3 (1.0)`.
 *
 * @example
 * nameOfVersion({ name: "credit", number: 3, label: "1.0" }); // "credit:3 (1.0)"
 */
export function nameOfVersion({ name, number, label }: Pick<Version, "name" | "number" | "label">): string {
  return label === null ? `${name}:${number}` : `${name}:${number} (${label})`;
}
