/**
 * About how many bytes a change holds while it waits: exact for typed arrays, two a character for texts, and a little
 * for everything that has a name. A frozen list is shared by many changes, and whoever froze it holds it. Cheap enough for
 * every request.
 */
export function sizeOf(value: unknown): number {
  if (typeof value === "string") return 16 + 2 * value.length;
  if (typeof value !== "object" || value === null) return 8;
  if (ArrayBuffer.isView(value)) return 64 + value.byteLength;
  let bytes = 32;
  if (Array.isArray(value)) {
    if (!Object.isFrozen(value)) for (const item of value) bytes += sizeOf(item);
  } else for (const key in value) bytes += 16 + sizeOf((value as Record<string, unknown>)[key]);
  return bytes;
}
