const phases = new Map([
  ["train", "train"],
  ["training", "train"],
  ["val", "val"],
  ["valid", "val"],
  ["validation", "val"],
  ["eval", "eval"],
  ["evaluation", "eval"],
  ["dev", "dev"],
  ["test", "test"],
  ["testing", "test"],
]);

/**
 * The parts by which series are grouped in charts and tables. A phase is known by its word, at the beginning or the end,
 * set off by `/`, `_`, `-`, `.` or a space; anything else is all name. The key itself stays the exact string given.
 *
 * @example
 * parseSeriesKey("train/loss"); // { name: "loss", phase: "train" }
 * parseSeriesKey("val_acc"); // { name: "acc", phase: "val" }
 * parseSeriesKey("loss"); // { name: "loss", phase: null }
 */
export function parseSeriesKey(key: string): { readonly name: string; readonly phase: string | null } {
  const first = /^([A-Za-z]+)[/_\-. ](.+)$/su.exec(key);
  const leading = phases.get(first?.[1]?.toLowerCase() ?? "");
  if (leading !== undefined) return { name: first?.[2] as string, phase: leading };
  const last = /^(.+)[/_\-. ]([A-Za-z]+)$/su.exec(key);
  const trailing = phases.get(last?.[2]?.toLowerCase() ?? "");
  if (trailing !== undefined) return { name: last?.[1] as string, phase: trailing };
  return { name: key, phase: null };
}
