import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Digest } from "@cairn/core";
import { type BlobStoreUnderTest, HOUR, uploadTests } from "./blob-uploads.ts";
import { all, assertBytes, breaking, collect, digestOf, pieces, refusal, sample } from "./bytes.ts";

export type { BlobStoreUnderTest } from "./blob-uploads.ts";

/** Around the sizes at which adapters cut: a socket's chunk, a read, a write, several of them. */
const SIZES = [0, 1, 65_535, 65_536, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 5_000_000];

/** What every blob store must do. `open` gives an empty one at a time of the clock that the suite then moves. */
export function blobStoreSuite(name: string, open: () => Promise<BlobStoreUnderTest>): void {
  const inside = (test: (under: BlobStoreUnderTest) => Promise<void>) => async () => {
    const under = await open();
    try {
      await test(under);
    } finally {
      await under.close();
    }
  };

  describe(`blobs of ${name}: bytes`, () => {
    it(
      "come back as they were, whole and in ranges, whatever the size and the pieces they came in",
      inside(async ({ store }) => {
        for (const size of SIZES) {
          const bytes = sample(size);
          const blob = await store.write(pieces(bytes, 40_000));
          assert.deepEqual(blob, { digest: digestOf(bytes), size });
          assert.deepEqual(await store.find(blob.digest), blob);
          assertBytes(await collect(store.read(blob.digest)), bytes);
          for (const [start, end] of [
            [0, 0],
            [0, 1],
            [size - 1, size],
            [1, size - 1],
            [65_535, 1 << 21],
            [size, size + 9],
          ]) {
            if (start === undefined || end === undefined || start < 0) continue;
            assertBytes(await collect(store.read(blob.digest, { start, end })), bytes.subarray(start, end));
          }
        }
      }),
    );

    it(
      "may come in many tiny pieces, and in empty ones",
      inside(async ({ store }) => {
        const bytes = sample(3000);
        async function* tiny() {
          for (const byte of bytes) yield* [Uint8Array.of(byte), new Uint8Array()];
        }
        assert.deepEqual(await store.write(tiny()), { digest: digestOf(bytes), size: 3000 });
      }),
    );

    it(
      "are kept once, and two writers of the same bytes do not disturb each other",
      inside(async ({ store }) => {
        const bytes = sample(100_000);
        const written = await Promise.all([1, 2, 3, 4].map((n) => store.write(pieces(bytes, n * 9000))));
        assert.equal(new Set(written.map(({ digest }) => digest)).size, 1);
        assert.equal((await all(store.list())).length, 1);
        assertBytes(await collect(store.read(digestOf(bytes))), bytes);
      }),
    );

    it(
      "are refused with another digest than promised, and leave nothing",
      inside(async ({ store }) => {
        const other = digestOf(sample(1));
        await assert.rejects(store.write(pieces(sample(2), 1), other), refusal("precondition"));
        assert.deepEqual(await all(store.list()), []);
      }),
    );

    it(
      "leave nothing when their source breaks off, and its error is told",
      inside(async ({ store, clock }) => {
        await assert.rejects(store.write(breaking(sample(3_000_000))), /the line went dead/);
        assert.deepEqual(await all(store.list()), []);
        clock.time += 2 * HOUR;
        assert.deepEqual(await store.sweepUploads(clock.time), { count: 0, bytes: 0 });
      }),
    );

    it(
      "that are not there are not found, by a reader only once it reads",
      inside(async ({ store }) => {
        const digest = digestOf(sample(7));
        assert.equal(await store.find(digest), undefined);
        assert.equal(await store.touch(digest), undefined);
        assert.equal(await store.remove(digest, Number.MAX_SAFE_INTEGER), false);
        const bytes = store.read(digest);
        await assert.rejects(collect(bytes), refusal("not_found"));
      }),
    );

    it(
      "can be left by a reader before the end, and be removed while one reads on",
      inside(async ({ store, clock }) => {
        const bytes = sample(5_000_000);
        const { digest } = await store.write(pieces(bytes, 1 << 20));
        for await (const chunk of store.read(digest)) {
          assertBytes(chunk, bytes.subarray(0, chunk.length));
          break;
        }
        const reader = store.read(digest)[Symbol.asyncIterator]();
        const first = await reader.next();
        assert.equal(await store.remove(digest, clock.time + 1), true);
        assert.equal(first.done, false);
        await reader.return?.();
        assert.equal(await store.find(digest), undefined);
      }),
    );

    it(
      "are never found by what is no digest, and least by a path",
      inside(async ({ store }) => {
        await store.write(pieces(sample(5), 5));
        for (const text of ["", "..", "../../etc/passwd", "A".repeat(64), `${digestOf(sample(5))}/`, "ab", "tmp"]) {
          const digest = text as Digest;
          const found = await store.find(digest).catch(refusal("invalid"));
          assert.ok(found === undefined || found === true, text);
          await assert.rejects(collect(store.read(digest)), /digest/);
        }
      }),
    );
  });

  describe(`blobs of ${name}: age`, () => {
    it(
      "is counted from the last write or touch, and removal asks it again",
      inside(async ({ store, clock }) => {
        const start = clock.time;
        const { digest } = await store.write(pieces(sample(10), 10));
        const ageOf = async () => (await all(store.list()))[0]?.modifiedAt;
        assert.equal(await ageOf(), start);
        clock.time += HOUR;
        await store.write(pieces(sample(10), 3));
        assert.equal(await ageOf(), start + HOUR);
        clock.time += HOUR;
        assert.deepEqual(await store.touch(digest), { digest, size: 10 });
        assert.equal(await ageOf(), start + 2 * HOUR);
        await store.find(digest);
        assert.equal(await store.remove(digest, start + 2 * HOUR), false);
        assert.equal(await store.remove(digest, start + 2 * HOUR + 1), true);
        assert.deepEqual(await all(store.list()), []);
      }),
    );

    // The race that gc's safety stands on: a blob must not be told to be there and be removed in the same moment.
    it(
      "protects a blob that is touched or written while it is being removed",
      inside(async ({ store, clock }) => {
        for (let round = 0; round < 30; round++) {
          const bytes = sample(100 + round);
          const { digest } = await store.write(pieces(bytes, 64));
          clock.time += 2 * HOUR;
          const before = clock.time - HOUR;
          const [touched, , written] = await Promise.all([
            store.touch(digest),
            store.remove(digest, before),
            round % 2 === 0 ? store.write(pieces(bytes, 64)) : undefined,
            store.remove(digest, before),
          ]);
          const isThere = (await store.find(digest)) !== undefined;
          assert.equal(isThere, touched !== undefined || written !== undefined);
        }
      }),
    );

    it(
      "does not matter to a list: every blob is in it, by digest",
      inside(async ({ store }) => {
        const digests: string[] = [];
        for (let n = 0; n < 40; n++) digests.push((await store.write(pieces(sample(n), 9))).digest);
        assert.deepEqual(
          (await all(store.list())).map(({ digest }) => digest),
          digests.sort(),
        );
        assert.deepEqual(await all(store.strays()), []);
      }),
    );
  });

  describe(`blobs of ${name}: check`, () => {
    it(
      "says what is sound, missing, or of another size than its files say",
      inside(async ({ store }) => {
        const { digest } = await store.write(pieces(sample(2_000_000), 65_536));
        assert.equal(await store.check(digest, 2_000_000), null);
        assert.equal((await store.check(digest, 2_000_001))?.problem, "truncated");
        assert.equal((await store.check(digest, 1_999_999))?.problem, "altered");
        assert.equal((await store.check(digestOf(sample(1)), 1))?.problem, "missing");
      }),
    );
  });

  describe(`blobs of ${name}: uploads`, () => {
    uploadTests(inside);
  });
}
