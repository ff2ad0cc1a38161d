import { scanCode } from "./scan-code.ts";

/** What is used of it; the types of Node have none. */
declare const WebAssembly: {
  readonly Module: new (code: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

interface Constant {
  readonly value: number;
}

/** What `assembly/scan.ts` exports. Places and lengths are bytes of its memory. */
interface ScannerCode {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly BODY: Constant;
  readonly LARGEST_BODY: Constant;
  readonly KEYS: Constant;
  readonly COUNTS: Constant;
  readonly STEPS: Constant;
  readonly TIMES: Constant;
  readonly VALUES: Constant;
  readonly POWERS: Constant;
  readonly LONGEST_KEY: Constant;
  readonly MOST_METRICS: Constant;
  readonly MOST_POINTS: Constant;
  readonly FURTHEST: Constant;
  scan(start: number, length: number): number;
  scanSeries(start: number, length: number, now: number): number;
  getKeysLength(): number;
}

/** The compiled code, and what it shares with us: each scan overwrites the columns of the one before. */
export interface Scanner {
  readonly code: ScannerCode;
  readonly body: Uint8Array;
  readonly keys: Buffer;
  readonly counts: Uint32Array;
  readonly steps: Float64Array;
  readonly times: Float64Array;
  readonly values: Float64Array;
}

/** Undefined = it cannot be had here. */
let scanner: Scanner | undefined | null = null;

/** The one scanner of the process; undefined where there is none, or the body is too large for it. Then JSON.parse serves. */
export function scannerFor(bytes: Buffer): Scanner | undefined {
  if (scanner === null) scanner = findScanner();
  return scanner === undefined || bytes.length > scanner.body.length ? undefined : scanner;
}

function findScanner(): Scanner | undefined {
  try {
    return createScanner();
  } catch {
    return undefined;
  }
}

/**
 * Compiles the scanner, some milliseconds at the first batch.
 *
 * @throws Error (also CompileError, RangeError) where the processor has no vectors or the address space is too small
 */
export function createScanner(): Scanner {
  const module = new WebAssembly.Module(Buffer.from(scanCode, "base64"));
  let body: Buffer;
  const convert = (start: number, end: number): number =>
    Number(body.toString("latin1", start - body.byteOffset, end - body.byteOffset));
  const instance = new WebAssembly.Instance(module, { number: { convert } });
  const code = instance.exports as ScannerCode;
  const { buffer } = code.memory;
  const most = code.MOST_POINTS.value;
  body = Buffer.from(buffer, code.BODY.value, code.LARGEST_BODY.value);
  writePowers(new BigUint64Array(buffer, code.POWERS.value), code.FURTHEST.value);
  return {
    code,
    body,
    keys: Buffer.from(buffer, code.KEYS.value),
    counts: new Uint32Array(buffer, code.COUNTS.value, code.MOST_METRICS.value),
    steps: new Float64Array(buffer, code.STEPS.value, most),
    times: new Float64Array(buffer, code.TIMES.value, most),
    values: new Float64Array(buffer, code.VALUES.value, most),
  };
}

/** The first 128 bits of each power of ten, the highest of them set, cut off; the upper half before the lower. */
function writePowers(out: BigUint64Array, furthest: number): void {
  for (let power = -furthest; power <= furthest; power++) {
    const ten = 10n ** BigInt(Math.abs(power));
    const many = power < 0 ? (1n << 512n) / ten : ten << 128n;
    const first = many >> BigInt(many.toString(2).length - 128);
    out[(power + furthest) * 2] = first >> 64n;
    out[(power + furthest) * 2 + 1] = first & 0xffff_ffff_ffff_ffffn;
  }
}
