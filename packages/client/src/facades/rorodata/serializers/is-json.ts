/**
 * Whether a value is plain data that JSON can say: null, booleans, finite numbers, texts, lists without holes, plain objects.
 *
 * @param exact also that it comes back the same: no -0, and no object that stands in two places.
 */
export function isJson(value: unknown, exact: boolean): boolean {
  const seen = new Set<unknown>();
  const todo: unknown[] = [value];
  while (todo.length > 0) {
    const one = todo.pop();
    if (one === null || typeof one === "string" || typeof one === "boolean") continue;
    if (typeof one === "number") {
      if (!Number.isFinite(one) || (exact && Object.is(one, -0))) return false;
      continue;
    }
    if (typeof one !== "object" || typeof (one as { toJSON?: unknown }).toJSON === "function") return false;
    if (seen.has(one)) {
      if (exact) return false;
      continue;
    }
    seen.add(one);
    if (Array.isArray(one)) {
      if (Object.keys(one).length !== one.length) return false;
      for (const inner of one) todo.push(inner);
    } else {
      if (!isPlain(one) || Object.getOwnPropertySymbols(one).length > 0) return false;
      for (const inner of Object.values(one)) todo.push(inner);
    }
  }
  return true;
}

/** Made by braces, or without a prototype. */
export function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
