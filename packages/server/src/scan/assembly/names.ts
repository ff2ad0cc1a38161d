import { pass, passBlanks } from "./text";

const QUOTE: u8 = 0x22;
const COMMA: u8 = 0x2c;
const COLON: u8 = 0x3a;
const OPEN: u8 = 0x7b;

// The four names, each with what stands before it and its colon, up to its value (a key's text: behind its quote); 0 for
// anything else. Words of four and eight letters are written as the numbers that they are in memory, the last letter first.

export function passKey(from: usize): usize {
  const start = pass(from, OPEN);
  if (start === 0) return 0;
  const at = passBlanks(start);
  const value = load<u32>(at) === 0x79656b22 /* "key */ ? passEnd(at + 4) : 0;
  return value !== 0 && load<u8>(value) === QUOTE ? value + 1 : 0;
}

export function passValue(from: usize): usize {
  const at = passComma(from);
  if (at === 0 || load<u32>(at) !== 0x6c617622 /* "val */ || load<u16>(at + 4) !== 0x6575 /* ue */) return 0;
  return passEnd(at + 6);
}

export function passTimestamp(from: usize): usize {
  const at = passComma(from);
  if (at === 0 || load<u64>(at) !== 0x617473656d697422 /* "timesta */ || load<u16>(at + 8) !== 0x706d /* mp */)
    return 0;
  return passEnd(at + 10);
}

export function passStep(from: usize): usize {
  const at = passComma(from);
  if (at === 0 || load<u32>(at) !== 0x65747322 /* "ste */ || load<u8>(at + 4) !== 0x70 /* p */) return 0;
  return passEnd(at + 5);
}

function passComma(from: usize): usize {
  const at = pass(from, COMMA);
  return at === 0 ? 0 : passBlanks(at);
}

/** Behind a name's closing quote, its colon and blanks. */
function passEnd(at: usize): usize {
  if (load<u8>(at) !== QUOTE) return 0;
  const colon = pass(at + 1, COLON);
  return colon === 0 ? 0 : passBlanks(colon);
}
