// Every format against damage. The checksum finds all that happens by chance; what a hostile hand signs anew must still neither
// read out of bounds, nor ask for endless memory, nor loop: it decodes to something, or is refused with the record's kind.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { decodeBundle, decodeBundleDirectory, encodeBundle } from "./bundle.ts";
import { decodeChunk, decodeChunkValues, encodeChunk } from "./chunk.ts";
import { isCorruptRecord, type RecordKind } from "./corrupt.ts";
import { buildEntries, CHUNK, decodeEntries, encodeEntries } from "./entry.ts";
import { decodeJournalRecord, encodeJournalRecord } from "./journal-record.ts";
import { decodeSegment, encodeSegment } from "./segment.ts";
import { decodeSummary, encodeSummary, summarize } from "./summary.ts";
import { flatten, identity, resign, sortedPointsOf } from "./testing.ts";

interface Format {
  readonly kinds: readonly RecordKind[];
  readonly samples: fc.Arbitrary<Uint8Array>;
  readonly decode: (bytes: Uint8Array) => unknown;
}

const some = sortedPointsOf(fc.constantFrom(1, 5, 70));
/** Chunks take long to make: a few of many shapes, made once. */
const chunks = fc
  .sample(sortedPointsOf(fc.constant(CHUNK)), { numRuns: 40, seed: 1 })
  .map((p) => encodeChunk(p, identity));
const chunk = fc.constantFrom(...chunks);
const bundles = fc.array(some, { minLength: 1, maxLength: 6 }).map((list) =>
  encodeBundle(
    list.map((points, series) => ({ series, attempt: 0, points })),
    identity,
  ),
);

/** A directory and frames that belong together, told apart by a length in front. */
const joined = bundles.map(({ directory, frames }) =>
  Uint8Array.from([...directory, ...frames, directory.length >> 8, directory.length & 255]),
);
function decodeJoined(bytes: Uint8Array): unknown {
  const at = (((bytes.at(-2) as number) << 8) | (bytes.at(-1) as number)) % bytes.length;
  return decodeBundle(bytes.subarray(0, at), bytes.subarray(at, -2), identity);
}

const formats: Record<string, Format> = {
  journal: {
    kinds: ["journal"],
    samples: fc.array(some, { maxLength: 4 }).map((list) =>
      encodeJournalRecord(
        flatten(
          list,
          list.map((_, i) => i),
          list.map(() => 0),
        ),
      ),
    ),
    decode: decodeJournalRecord,
  },
  "chunk-values": {
    kinds: ["chunk-values"],
    samples: chunk.map((c) => c.values.slice()),
    decode: (values) => decodeChunkValues({ values }, identity),
  },
  "chunk-axes": {
    kinds: ["chunk-axes"],
    samples: chunk.map((c) => c.axes.slice()),
    decode: (axes) => decodeChunk({ axes, values: constantValues }, identity),
  },
  entries: { kinds: ["entries"], samples: some.map((p) => encodeEntries(buildEntries(p, 3))), decode: decodeEntries },
  segment: {
    kinds: ["segment", "entries"],
    samples: sortedPointsOf(fc.constantFrom(16, 64)).map((p) => encodeSegment(buildEntries(p, 1))),
    decode: decodeSegment,
  },
  "bundle-directory": {
    kinds: ["bundle-directory"],
    samples: bundles.map((b) => b.directory),
    decode: (bytes) => decodeBundleDirectory(bytes, identity),
  },
  summary: { kinds: ["summary"], samples: some.map((p) => encodeSummary(summarize(p))), decode: decodeSummary },
};

const zeros = new Float64Array(CHUNK);
const constantValues = encodeChunk({ steps: zeros, times: zeros, values: zeros, batches: null }, identity).values;

const isNamed = (format: Format) => (error: unknown) =>
  isCorruptRecord(error) && format.kinds.includes(error.details["record"] as RecordKind);

function mustBeNamedIfRefused(format: Format, bytes: Uint8Array): void {
  try {
    format.decode(bytes);
  } catch (error) {
    if (!isNamed(format)(error)) throw error;
  }
}

for (const [name, format] of Object.entries(formats)) {
  const runs = { numRuns: name.startsWith("chunk") ? 100 : 200 };

  describe(`a damaged ${name} record`, () => {
    it("is named, whichever bit flipped", () => {
      fc.assert(
        fc.property(format.samples, fc.nat(), fc.nat(7), (bytes, at, bit) => {
          const i = at % bytes.length;
          bytes[i] = (bytes[i] as number) ^ (1 << bit);
          assert.throws(() => format.decode(bytes), isNamed(format));
        }),
        runs,
      );
    });

    it("is named when it was cut short, grew, or never was one", () => {
      fc.assert(
        fc.property(format.samples, fc.nat(), fc.uint8Array({ maxLength: 40 }), (bytes, at, random) => {
          assert.throws(() => format.decode(bytes.subarray(0, at % bytes.length)), isNamed(format));
          assert.throws(() => format.decode(Uint8Array.from([...bytes, 0])), isNamed(format));
          assert.throws(() => format.decode(random), isNamed(format));
        }),
        runs,
      );
    });

    it("signed anew decodes to something or is named", () => {
      fc.assert(
        fc.property(
          format.samples,
          fc.array(fc.tuple(fc.oneof(fc.nat(), fc.nat(40)), fc.nat(255)), { minLength: 1, maxLength: 4 }),
          (bytes, changes) => {
            for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
            mustBeNamedIfRefused(format, resign(bytes));
          },
        ),
        { numRuns: 5 * runs.numRuns },
      );
    });

    it("of random bytes after a good beginning decodes to something or is named", () => {
      fc.assert(
        fc.property(format.samples, fc.nat(30), fc.uint8Array({ maxLength: 200 }), (bytes, keep, random) => {
          mustBeNamedIfRefused(
            format,
            resign(Uint8Array.from([...bytes.subarray(0, 2 + keep), ...random, 0, 0, 0, 0])),
          );
        }),
        { numRuns: 5 * runs.numRuns },
      );
    });
  });
}

describe("a record in the place of another kind", () => {
  it("is refused", () => {
    const sample = Object.entries(formats).map(([name, { samples }]) => ({
      name,
      bytes: fc.sample(samples, { numRuns: 1, seed: 1 })[0],
    }));
    for (const [name, format] of Object.entries(formats)) {
      for (const other of sample) {
        if (other.name !== name) assert.throws(() => format.decode(other.bytes as Uint8Array), isNamed(format));
      }
    }
  });
});

describe("a bundle with damaged frames", () => {
  const kinds: Format = { kinds: ["bundle-directory", "bundle-frame"], samples: joined, decode: decodeJoined };

  it("is named, whichever bit flipped", () => {
    fc.assert(
      fc.property(joined, fc.nat(), fc.nat(7), (bytes, at, bit) => {
        const i = at % (bytes.length - 2);
        bytes[i] = (bytes[i] as number) ^ (1 << bit);
        assert.throws(() => decodeJoined(bytes), isNamed(kinds));
      }),
    );
  });

  it("signed anew decodes to something or is named", () => {
    fc.assert(
      fc.property(bundles, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 3 }), (b, changes) => {
        const directory = Uint8Array.from(b.directory);
        for (const [at, byte] of changes) directory[at % directory.length] = byte;
        mustBeNamedIfRefused(
          { ...kinds, decode: (bytes) => decodeBundle(bytes, b.frames, identity) },
          resign(directory),
        );
      }),
      { numRuns: 1000 },
    );
  });
});
