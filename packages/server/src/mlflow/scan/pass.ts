import { NOWHERE } from "./scan-number.ts";

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN = 0x7b;

/** Behind the byte, if it comes next but for blanks; else NOWHERE. */
export function pass(bytes: Buffer, from: number, byte: number): number {
  const at = passBlanks(bytes, from);
  return bytes[at] === byte ? at + 1 : NOWHERE;
}

function passBlanks(bytes: Buffer, from: number): number {
  return (bytes[from] as number) > 0x20 ? from : passSome(bytes, from);
}

function passSome(bytes: Buffer, from: number): number {
  let at = from;
  for (let byte = bytes[at]; byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09; byte = bytes[at]) at++;
  return at;
}

// The four names, each with what stands before it and its colon, up to its value (a key's text: behind its quote). Byte by byte and one function for each:
// loops and calls for every byte take longer than all the rest, and half of what is read are names.

export function passKey(b: Buffer, from: number): number {
  const start = pass(b, from, OPEN);
  if (start === NOWHERE) return NOWHERE;
  const i = passBlanks(b, start);
  const is = b[i] === QUOTE && b[i + 1] === 0x6b && b[i + 2] === 0x65 && b[i + 3] === 0x79 && b[i + 4] === QUOTE;
  const at = is ? passColon(b, i + 5) : NOWHERE;
  return at !== NOWHERE && b[at] === QUOTE ? at + 1 : NOWHERE;
}

export function passValue(b: Buffer, from: number): number {
  const start = pass(b, from, COMMA);
  if (start === NOWHERE) return NOWHERE;
  const i = passBlanks(b, start);
  const is =
    b[i] === QUOTE &&
    b[i + 1] === 0x76 &&
    b[i + 2] === 0x61 &&
    b[i + 3] === 0x6c &&
    b[i + 4] === 0x75 &&
    b[i + 5] === 0x65 &&
    b[i + 6] === QUOTE;
  return is ? passColon(b, i + 7) : NOWHERE;
}

export function passTimestamp(b: Buffer, from: number): number {
  const start = pass(b, from, COMMA);
  if (start === NOWHERE) return NOWHERE;
  const i = passBlanks(b, start);
  const is =
    b[i] === QUOTE &&
    b[i + 1] === 0x74 &&
    b[i + 2] === 0x69 &&
    b[i + 3] === 0x6d &&
    b[i + 4] === 0x65 &&
    b[i + 5] === 0x73 &&
    b[i + 6] === 0x74 &&
    b[i + 7] === 0x61 &&
    b[i + 8] === 0x6d &&
    b[i + 9] === 0x70 &&
    b[i + 10] === QUOTE;
  return is ? passColon(b, i + 11) : NOWHERE;
}

export function passStep(b: Buffer, from: number): number {
  const start = pass(b, from, COMMA);
  if (start === NOWHERE) return NOWHERE;
  const i = passBlanks(b, start);
  const is =
    b[i] === QUOTE &&
    b[i + 1] === 0x73 &&
    b[i + 2] === 0x74 &&
    b[i + 3] === 0x65 &&
    b[i + 4] === 0x70 &&
    b[i + 5] === QUOTE;
  return is ? passColon(b, i + 6) : NOWHERE;
}

function passColon(bytes: Buffer, from: number): number {
  const at = pass(bytes, from, COLON);
  return at === NOWHERE ? NOWHERE : passBlanks(bytes, at);
}
