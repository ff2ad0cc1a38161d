import { invalid, TrackerError } from "@cairn/core";

/** Far deeper than any honest body, far shallower than what overflows a stack that walks it. */
const MAX_DEPTH = 100;
/** Lists and objects of a body, all in all: each costs some fifty times the two bytes that it is sent in. */
const MAX_CONTAINERS = 1_000_000;

/**
 * JSON text to a value.
 * @param what begins the message: "The body".
 * @throws invalid for bad JSON, saying where.
 */
export function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalid(`${what} is not valid JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * Schemas run only on what passed this. Walks level by level, without recursion.
 * @throws invalid for nesting beyond 100 levels (a query's tree would overflow the stack), and for a field named
 * `__proto__` (which schemas drop in silence); too_large for more than a million lists and objects.
 */
export function checkJson(value: unknown, what: string): void {
  let level: unknown[] = [value];
  let containers = 0;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) throw invalid(`${what} is nested deeper than ${MAX_DEPTH} levels.`);
    const next: unknown[] = [];
    for (const item of level) {
      if (typeof item !== "object" || item === null) continue;
      if (Object.hasOwn(item, "__proto__"))
        throw invalid(`${what} has a field named '__proto__'; give it another name.`);
      for (const inner of Array.isArray(item) ? item : Object.values(item)) {
        if (typeof inner !== "object" || inner === null) continue;
        if (++containers > MAX_CONTAINERS) {
          const message = `${what} holds more than ${MAX_CONTAINERS} lists and objects; send them in several calls.`;
          throw new TrackerError("too_large", message, { limit: MAX_CONTAINERS });
        }
        next.push(inner);
      }
    }
    level = next;
  }
}
