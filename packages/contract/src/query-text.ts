import * as z from "zod";

type Kind = "text" | "number" | "boolean" | "list";

/**
 * Reads fields that travel as text (path and query) into what their schemas expect: numbers, true and false, and lists
 * (repeated, or parted by commas). What does not look like it stays a text, for the schema to refuse.
 */
export function parseTexts(
  shape: Readonly<Record<string, z.ZodType>>,
): (texts: Iterable<readonly [string, string]>) => Record<string, unknown> {
  const kinds = new Map(Object.entries(shape).map(([name, schema]) => [name, kindOf(schema)]));
  return (texts) => {
    const fields: Record<string, unknown> = {};
    for (const [name, text] of texts) {
      const kind = kinds.get(name) ?? "text";
      if (kind !== "list") {
        fields[name] = kind === "text" ? text : scalarOf(kind, text);
        continue;
      }
      const before = fields[name];
      const items = text === "" ? [] : text.split(",").map((item) => scalarOf("number", item));
      fields[name] = Array.isArray(before) ? [...before, ...items] : items;
    }
    return fields;
  };
}

function scalarOf(kind: Kind, text: string): unknown {
  if (kind === "boolean") return text === "true" ? true : text === "false" ? false : text;
  return /^-?\d{1,16}$/.test(text) ? Number(text) : text;
}

function kindOf(schema: z.ZodType): Kind {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return kindOf(schema.unwrap() as z.ZodType);
  // A search's filter and order are texts or trees; only texts travel in a query.
  const { type } = schema.def;
  return type === "number" || type === "boolean" ? type : type === "array" ? "list" : "text";
}
