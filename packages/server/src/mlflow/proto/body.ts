import { isUtf8 } from "node:buffer";
import { invalidValue } from "../errors.ts";
import type { JsonObject } from "./decode.ts";
import { checkJsonText } from "./json.ts";

/**
 * The JSON object of a request's body. No body is `{}`; old clients encode it twice, so a text that holds JSON counts.
 * @throws WireError when it is not UTF-8, not JSON (a bare NaN is not), not an object, or too deep or too much to parse.
 */
export function parseBody(body: Buffer | undefined): JsonObject {
  if (body === undefined || body.length === 0) return {};
  // Decoding puts U+FFFD in place of what it cannot read: the text would be kept, but not as it was sent.
  if (!isUtf8(body)) throw invalidValue("Bad Request. The body is not UTF-8.");
  let value = parseJson(body.toString());
  if (typeof value === "string") value = parseJson(value);
  if (value === null) return {};
  if (typeof value === "object" && !Array.isArray(value)) return value as JsonObject;
  throw invalidValue("Bad Request. The body must be a JSON object.");
}

function parseJson(text: string): unknown {
  checkJsonText(text, "Bad Request. The body");
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalidValue(`Bad Request. The body is not valid JSON: ${(error as Error).message}`);
  }
}

/** @throws WireError unless the body is said to be JSON. MLflow asks this of POST and PUT alone. */
export function checkContentType(header: string | undefined): void {
  if (header === "application/json") return;
  if (header === undefined) throw invalidValue("Bad Request. Content-Type header is missing.");
  if (header.split(";")[0]?.trim().toLowerCase() !== "application/json") {
    throw invalidValue("Bad Request. Content-Type must be one of ['application/json'].");
  }
}
