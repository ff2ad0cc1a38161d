import * as z from "zod";

export type JsonSchema = Readonly<Record<string, unknown>>;

/** Gathers the named schemas that others refer to. */
export interface Schemas {
  /** A schema as JSON Schema; the ones with an id become references. */
  use(schema: z.ZodType): JsonSchema;
  /** The named ones so far, by name. */
  collect(): Record<string, JsonSchema>;
}

export function createSchemas(): Schemas {
  const named = new Map<string, JsonSchema>();
  return {
    use(schema) {
      // Wrapped, so that a schema with an id is a reference even where it stands alone.
      const wrapped = z.toJSONSchema(z.object({ it: schema }), { io: "input", unrepresentable: "any" });
      for (const [name, definition] of Object.entries(wrapped.$defs ?? {})) {
        named.set(name, relocate(definition) as JsonSchema);
      }
      return relocate(wrapped.properties?.["it"] ?? {}) as JsonSchema;
    },
    collect: () => Object.fromEntries([...named].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** `#/$defs/Run` → `#/components/schemas/Run`, everywhere; ids go, the names say it. */
function relocate(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(relocate);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([name, inner]) => !(name === "id" && typeof inner === "string"));
  return Object.fromEntries(
    entries.map(([name, inner]) => [
      name,
      name === "$ref" && typeof inner === "string"
        ? inner.replace("#/$defs/", "#/components/schemas/")
        : relocate(inner),
    ]),
  );
}
