// A header read by what an earlier one began with must say what parsing it says, whatever it says behind.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readHeader } from "@cairn/contract";
import fc from "fast-check";
import { createHeaderReader } from "./header-reader.ts";

const keys = Array.from({ length: 20 }, (_, i) => `train/loss ${i} "ü\\`);
const bytesOf = (text: string) => new TextEncoder().encode(text);
const headerOf = (more: string, list: readonly string[] = keys) =>
  bytesOf(`{"kind":"points","keys":${JSON.stringify(list)}${more}`);

describe("headers of binary log calls", () => {
  it("gives the very same list of keys to calls that name the same ones", () => {
    const read = createHeaderReader();
    const first = read(headerOf("}"))["keys"];
    const second = read(headerOf(',"writer":{"id":"w","number":2}}'));
    assert.equal(second["keys"], first);
    assert.deepEqual(second, { kind: "points", keys, writer: { id: "w", number: 2 } });
  });

  it("tells apart lists of which one begins as the other", () => {
    const read = createHeaderReader();
    const longer = [...keys, "one more"];
    for (const list of [keys, longer, keys, longer, keys.slice(1)])
      assert.deepEqual(read(headerOf("}", list))["keys"], list);
  });

  it("reads every header as parsing alone does, also a broken one and one that names its keys twice", () => {
    const more = fc.constantFrom(
      "}",
      ',"log":{"tags":{}}}',
      ',"keys":["a"]}',
      "",
      "]}",
      ",}",
      "}x",
      ',"kind":"other"}',
    );
    const short = fc.array(fc.string(), { maxLength: 2 });
    fc.assert(
      fc.property(fc.array(fc.tuple(more, fc.oneof(fc.constant(keys), short)), { maxLength: 12 }), (headers) => {
        const read = createHeaderReader();
        for (const [end, list] of headers) {
          const bytes = headerOf(end, list);
          assert.deepEqual(
            outcome(() => read(bytes)),
            outcome(() => readHeader(bytes)),
          );
        }
      }),
    );
  });
});

function outcome(work: () => unknown): unknown {
  try {
    return work();
  } catch {
    return "refused";
  }
}
