import { TrackerError } from "@cairn/core";
import { MAGIC, type Node, type Slot, VIEWS } from "./object-format.ts";

interface Head {
  readonly root: Slot;
  readonly nodes: readonly Node[];
  readonly buffers: readonly number[];
}

const ERRORS: Readonly<Record<string, ErrorConstructor>> = {
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
};

/**
 * The value that `encodeObject` was given. Nothing in the bytes is run, whoever wrote them.
 * @throws invalid when the bytes are not such a value, or are damaged.
 */
export function decodeObject(bytes: Uint8Array): unknown {
  if (bytes.length < MAGIC.length + 4 || MAGIC.some((byte, i) => bytes[i] !== byte)) {
    throw new TrackerError("invalid", "These bytes are no object that was kept: they begin otherwise.");
  }
  try {
    return readBody(bytes);
  } catch (cause) {
    throw new TrackerError("invalid", "The kept object is damaged and cannot be read.", {}, { cause });
  }
}

function readBody(bytes: Uint8Array): unknown {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(MAGIC.length, true);
  const start = MAGIC.length + 4;
  const head = JSON.parse(
    new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(start, start + length)),
  ) as Head;
  let at = start + length;
  const buffers = head.buffers.map((size) => {
    const part = bytes.slice(at, at + size);
    if (part.length !== size) throw new RangeError("cut short");
    at += size;
    return part.buffer;
  });
  // First every object empty, then what they hold: so cycles close.
  const shells = head.nodes.map((node) => shellOf(node, (index) => partAt(buffers, index)));
  const readSlot = (slot: Slot): unknown => {
    if (!Array.isArray(slot)) return slot;
    const [tag, what] = slot as readonly [string, string | number];
    if (tag === "undefined") return undefined;
    if (tag === "number") return what === "-0" ? -0 : Number(what);
    if (tag === "bigint") return BigInt(what);
    return partAt(shells, Number(what));
  };
  for (const [i, node] of head.nodes.entries()) fill(shells[i], node, readSlot);
  return readSlot(head.root);
}

function partAt<T>(items: readonly T[], index: number): T {
  if (!(index in items)) throw new RangeError(`no part ${index}`);
  return items[index] as T;
}

/** Dates and boxed values hold a plain slot, never a reference, so they are whole at once. */
function shellOf(node: Node, buffer: (index: number) => ArrayBuffer): unknown {
  switch (node[0]) {
    case "object":
      return {};
    case "array":
      return new Array(node[1]);
    case "map":
      return new Map();
    case "set":
      return new Set();
    case "date":
      return new Date(typeof node[1] === "number" ? node[1] : Number.NaN);
    case "regexp":
      return new RegExp(node[1], node[2]);
    case "error":
      return errorOf(node[1], node[2], node[3]);
    case "buffer":
      return buffer(node[1]);
    case "view": {
      if (!VIEWS.includes(node[1])) throw new RangeError(`no view ${String(node[1])}`);
      const View = globalThis[node[1]] as new (buffer: ArrayBuffer) => unknown;
      return new View(buffer(node[2]));
    }
    case "boxed":
      return Object(Array.isArray(node[1]) ? Number(node[1][1]) : node[1]);
    default:
      throw new RangeError(`no kind ${String(node[0])}`);
  }
}

function fill(shell: unknown, node: Node, readSlot: (slot: Slot) => unknown): void {
  if (node[0] === "object") {
    for (const [key, slot] of node[1]) {
      // A plain assignment to `__proto__` would change the object's kind instead of its content.
      const value = readSlot(slot);
      Object.defineProperty(shell, key, { value, writable: true, enumerable: true, configurable: true });
    }
  } else if (node[0] === "array") {
    for (const [index, slot] of node[2]) (shell as unknown[])[index] = readSlot(slot);
  } else if (node[0] === "map") {
    for (const [key, slot] of node[1]) (shell as Map<unknown, unknown>).set(readSlot(key), readSlot(slot));
  } else if (node[0] === "set") {
    for (const slot of node[1]) (shell as Set<unknown>).add(readSlot(slot));
  }
}

function errorOf(name: string, message: string, stack: string | null): Error {
  const error = new (Object.hasOwn(ERRORS, name) ? (ERRORS[name] ?? Error) : Error)(message);
  if (stack !== null) Object.defineProperty(error, "stack", { value: stack, writable: true, configurable: true });
  return error;
}
