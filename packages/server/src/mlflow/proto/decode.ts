import { invalidValue, type WireError } from "../errors.ts";
import type { Decoded, Field, Shape } from "./message.ts";
import { pythonJson, pythonType } from "./python.ts";
import { parseDouble, parseInteger } from "./scalars.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

/** No list on this wire may have as many; below, each route has its own limit and words. */
const MAX_LIST = 100_000;
const SEE_DOCS = " See the API docs for more information about request parameters.";

/**
 * Decodes a proto2 message from JSON: proto names or camelCase, null = unset, numbers as texts, unknown fields ignored.
 * `fromQuery`: the values are query arguments, so that one value may stand for a list of one, and a bool is a word.
 *
 * @throws WireError in the words of MLflow's own schema checks, naming the field by its path (`metrics[0].key`).
 */
export function decodeMessage<S extends Shape>(shape: S, json: JsonObject, path = "", fromQuery = false): Decoded<S> {
  const message: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(shape)) {
    const value = pick(json, name, field, fromQuery);
    const place = path === "" ? name : `${path}.${name}`;
    if (field.required && (value === undefined || value === "")) throw missing(place);
    message[name] = decodeField(field, value, place, fromQuery);
  }
  return message as Decoded<S>;
}

/** The value under any of the field's names; null is unset. */
function pick(json: JsonObject, name: string, field: Field<unknown>, fromQuery: boolean): unknown {
  const camel = camelCase(name);
  const hasProto = Object.hasOwn(json, name);
  if (!fromQuery && camel !== name && Object.hasOwn(json, camel)) {
    if (hasProto) throw invalidValue(`Request specifies both '${name}' and '${camel}'; provide only one of them.`);
    return json[camel] ?? undefined;
  }
  const value = hasProto ? (json[name] ?? undefined) : undefined;
  return value === undefined && field.alias !== undefined ? pick(json, field.alias, textField, fromQuery) : value;
}

const textField: Field<unknown> = { type: { kind: "string" }, repeated: false, required: false };

/** Only names of our own tables come here, so it stays small. */
const camelNames = new Map<string, string>();

function camelCase(name: string): string {
  const known = camelNames.get(name);
  if (known !== undefined) return known;
  const camel = name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  camelNames.set(name, camel);
  return camel;
}

function decodeField(field: Field<unknown>, value: unknown, place: string, fromQuery: boolean): unknown {
  if (!field.repeated)
    return value === undefined ? undefined : decodeValue(field, last(value, fromQuery), place, fromQuery);
  if (value === undefined) return [];
  const list = fromQuery && !Array.isArray(value) ? [value] : value;
  if (!Array.isArray(list)) throw wrongType(place, value);
  if (list.length > MAX_LIST) {
    throw invalidValue(`Parameter '${place}' has ${list.length} items; at most ${MAX_LIST} are read.${SEE_DOCS}`);
  }
  return list.map((item, index) => decodeValue(field, item, `${place}[${index}]`, fromQuery));
}

/** A query argument given twice where one is meant: the first counts, as in Flask. */
function last(value: unknown, fromQuery: boolean): unknown {
  return fromQuery && Array.isArray(value) ? value[0] : value;
}

function decodeValue({ type }: Field<unknown>, value: unknown, place: string, fromQuery: boolean): unknown {
  switch (type.kind) {
    case "string":
      if (typeof value === "string") return value;
      break;
    case "bool":
      if (fromQuery) return decodeWord(value);
      if (typeof value === "boolean") return value;
      break;
    case "double": {
      const number = parseDouble(value);
      if (number !== undefined) return number;
      break;
    }
    case "int32":
    case "int64": {
      const number = parseInteger(value);
      if (number !== undefined && (type.kind === "int64" || (number | 0) === number)) return number;
      break;
    }
    case "enum": {
      const number = parseInteger(value);
      const name = Object.keys(type.values).find((key) => key === value || type.values[key] === number);
      if (name !== undefined) return name;
      break;
    }
    case "message":
      if (typeof value === "object" && value !== null && !Array.isArray(value)) {
        return decodeMessage(type.shape, value as JsonObject, place, fromQuery);
      }
  }
  throw wrongType(place, value);
}

function decodeWord(value: unknown): boolean {
  const word = String(value).toLowerCase();
  if (word === "true" || word === "false") return word === "true";
  throw invalidValue(`Invalid boolean value: ${String(value)}, must be 'true' or 'false'.`);
}

export function missing(place: string): WireError {
  return invalidValue(`Missing value for required parameter '${place}'.${SEE_DOCS}`);
}

/** The two blanks before `Hint` are MLflow's. JSON's only numbers that are not finite are those beyond a double, such as 1e999. */
export function wrongType(place: string, value: unknown): WireError {
  const isBeyond = typeof value === "number" && !Number.isFinite(value);
  return invalidValue(
    `Invalid value ${isBeyond ? "(a number too large for a double)" : pythonJson(value)} for parameter '${place}' supplied:  Hint: Value was of type '${pythonType(value)}'.${SEE_DOCS}`,
  );
}
