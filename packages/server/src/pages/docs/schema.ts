import type { JsonSchema } from "@cairn/contract";
import { escapeHtml } from "../escape-html.ts";
import { proseHtml } from "../page.ts";

/** A schema as a table of fields; anything but an object as one line. */
export function schemaHtml(schema: JsonSchema): string {
  const { properties, description, required } = schema;
  const lead = typeof description === "string" ? `<p>${proseHtml(description)}</p>` : "";
  if (!isObject(properties)) return `${lead}<p class="type">${typeHtml(schema)}</p>`;
  const needed = new Set(Array.isArray(required) ? required : []);
  const rows = Object.entries(properties).map(([name, field]) => {
    const { description: about } = field as JsonSchema;
    return `<tr><td><code>${escapeHtml(name)}</code>${needed.has(name) ? "" : ' <span class="weak">optional</span>'}</td><td>${typeHtml(field as JsonSchema)}</td><td>${typeof about === "string" ? proseHtml(about) : ""}</td></tr>`;
  });
  return `${lead}<div class="wide"><table>${rows.join("")}</table></div>`;
}

/** A schema in words: `list of Run`, `whole number or null`. Named ones are links. */
export function typeHtml(schema: JsonSchema): string {
  const { $ref, type, items, format, properties, additionalProperties } = schema;
  if (typeof $ref === "string") return linkHtml($ref);
  const choices = schema["anyOf"] ?? schema["oneOf"];
  if (Array.isArray(choices)) return [...new Set((choices as JsonSchema[]).map(typeHtml))].join(" or ");
  if ("const" in schema) return `<code>${escapeHtml(JSON.stringify(schema["const"]))}</code>`;
  const values = schema["enum"];
  if (Array.isArray(values))
    return values.map((value) => `<code>${escapeHtml(JSON.stringify(value))}</code>`).join(" or ");
  if (Array.isArray(type)) return type.map((one) => typeHtml({ ...schema, type: one })).join(" or ");
  if (type === "array") return `list of ${isObject(items) ? typeHtml(items) : "anything"}`;
  if (type === "object") {
    if (isObject(properties))
      return `{ ${Object.entries(properties)
        .map(([name, field]) => `${escapeHtml(name)}: ${typeHtml(field as JsonSchema)}`)
        .join(", ")} }`;
    return isObject(additionalProperties) ? `object of ${typeHtml(additionalProperties)} by key` : "object";
  }
  if (type === "string") return format === "binary" ? "bytes" : "text";
  return words[String(type)] ?? "any JSON";
}

const words: Readonly<Record<string, string>> = {
  integer: "whole number",
  number: "number",
  boolean: "true or false",
  null: "null",
};

function linkHtml(ref: string): string {
  const name = escapeHtml(ref.slice(ref.lastIndexOf("/") + 1));
  return `<a href="#schema-${name}">${name}</a>`;
}

function isObject(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
