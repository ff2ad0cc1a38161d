/** Where the parts of a log begin, from which record they came, and the way from each back to the one before of its series. */
export interface PartChain {
  /** The last part of each slot, and the part of the same slot before each part; -1 = none. */
  last: Int32Array;
  before: Int32Array;
  start: Uint32Array;
  seq: Float64Array;
}

export function createPartChain(): PartChain {
  return {
    last: new Int32Array(64).fill(-1),
    before: new Int32Array(64),
    start: new Uint32Array(64),
    seq: new Float64Array(64),
  };
}

/** Makes room for so many parts and slots. */
export function reserveChain(chain: PartChain, parts: number, slots: number): void {
  if (slots > chain.last.length) {
    const last = new Int32Array(Math.max(slots, chain.last.length * 2)).fill(-1);
    last.set(chain.last);
    chain.last = last;
  }
  if (parts <= chain.before.length) return;
  const room = Math.max(parts, chain.before.length * 2);
  const before = new Int32Array(room);
  const start = new Uint32Array(room);
  const seq = new Float64Array(room);
  before.set(chain.before);
  start.set(chain.start);
  seq.set(chain.seq);
  Object.assign(chain, { before, start, seq });
}

export function chainBytes(chain: PartChain): number {
  return chain.last.length * 4 + chain.before.length * 16;
}
