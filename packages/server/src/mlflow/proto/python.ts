/** A value's type as Python names it: MLflow's messages do. */
export function pythonType(value: unknown): string {
  if (value === null || value === undefined) return "NoneType";
  if (typeof value === "string") return "str";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "number") return Number.isInteger(value) ? "int" : "float";
  return Array.isArray(value) ? "list" : "dict";
}

/** A text as Python's `repr` writes it: in single quotes unless only those occur in it. */
export function pythonRepr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const body = text
    .replaceAll("\\", "\\\\")
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r")
    .replaceAll("\t", "\\t")
    .replaceAll(quote, `\\${quote}`);
  return quote + body + quote;
}

export function pythonList(texts: readonly string[]): string {
  return `[${texts.map(pythonRepr).join(", ")}]`;
}

/** A set as Python prints it; its order is free there, by name here. */
export function pythonSet(texts: readonly string[]): string {
  return `{${[...texts].sort().map(pythonRepr).join(", ")}}`;
}

const MAX_SHOWN = 1000;

/**
 * Compact JSON with sorted keys and ASCII only, as `json.dumps` writes it; cut after 1000 characters.
 * @param value is no deeper than the bodies that `parseBody` lets pass: it is walked by recursion.
 */
export function pythonJson(value: unknown): string {
  const text = JSON.stringify(sorted(value)) ?? "null";
  const ascii = text.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return ascii.length <= MAX_SHOWN ? ascii : `${ascii.slice(0, MAX_SHOWN)}…`;
}

/** Of each list, object and text as much as can be shown: the rest is not worth its encoding. */
function sorted(value: unknown): unknown {
  if (typeof value === "string") return value.slice(0, MAX_SHOWN + 1);
  if (Array.isArray(value)) return value.slice(0, MAX_SHOWN).map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .slice(0, MAX_SHOWN)
      .map(([key, inner]) => [key.slice(0, MAX_SHOWN + 1), sorted(inner)]),
  );
}
