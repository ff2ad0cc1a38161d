import assert from "node:assert/strict";
import { it } from "node:test";
import type { BlobStore, Clock } from "@cairn/core";
import { all, assertBytes, breaking, collect, digestOf, pieces, refusal, sample } from "./bytes.ts";

/** A store to test, whose clock the suite sets. `reopen`: as after a restart; left out when nothing survives one. */
export interface BlobStoreUnderTest {
  readonly store: BlobStore;
  readonly clock: Clock & { time: number };
  reopen?(): Promise<BlobStore>;
  close(): Promise<void>;
}

export const HOUR = 3_600_000;

type Inside = (test: (under: BlobStoreUnderTest) => Promise<void>) => () => Promise<void>;

/** The part of the suite that is about uploads in parts. */
export function uploadTests(inside: Inside): void {
  it(
    "make the same blob as one write, in whatever parts they come",
    inside(async ({ store, clock }) => {
      const bytes = sample(2_500_000);
      assert.deepEqual(await store.openUpload("u1", bytes.length, clock.time), {
        id: "u1",
        received: 0,
        size: bytes.length,
        createdAt: clock.time,
      });
      let offset = 0;
      for (const length of [1, 0, 1_048_576, 999_999, 451_424]) {
        const part = bytes.subarray(offset, offset + length);
        const state = await store.continueUpload("u1", offset, pieces(part, 65_536));
        offset += length;
        assert.equal(state.received, offset);
        assert.deepEqual(await store.findUpload("u1"), state);
      }
      assert.deepEqual(await all(store.list()), []);
      const blob = await store.finishUpload("u1", digestOf(bytes));
      assert.deepEqual(blob, { digest: digestOf(bytes), size: bytes.length });
      assertBytes(await collect(store.read(blob.digest)), bytes);
    }),
  );

  it(
    "can be read while they are under way, up to what was received",
    inside(async ({ store, clock }) => {
      const bytes = sample(2_500_000);
      await store.openUpload("u1", null, clock.time);
      assertBytes(await collect(store.readUpload("u1")), sample(0));
      await store.continueUpload("u1", 0, pieces(bytes, 65_536));
      assertBytes(await collect(store.readUpload("u1")), bytes);
      await store.finishUpload("u1");
      await assert.rejects(collect(store.readUpload("u1")), refusal("conflict"));
      await assert.rejects(collect(store.readUpload("nothing")), refusal("not_found"));
    }),
  );

  it(
    "may be empty, and of unsaid size",
    inside(async ({ store, clock }) => {
      await store.openUpload("nothing", null, clock.time);
      assert.deepEqual(await store.finishUpload("nothing"), { digest: digestOf(sample(0)), size: 0 });
    }),
  );

  it(
    "go on only where they stopped, and say where that is",
    inside(async ({ store, clock }) => {
      await store.openUpload("u", null, clock.time);
      await store.continueUpload("u", 0, pieces(sample(100), 10));
      for (const offset of [0, 99, 101]) {
        await assert.rejects(store.continueUpload("u", offset, pieces(sample(1), 1)), (error: unknown) => {
          refusal("conflict")(error);
          return (error as { details?: { received?: number } }).details?.received === 100;
        });
      }
      assert.equal((await store.findUpload("u"))?.received, 100);
    }),
  );

  // A client that lost patience sends the part again while the first try is still running.
  it(
    "take one of two parts that claim the same place",
    inside(async ({ store, clock }) => {
      const bytes = sample(300_000);
      await store.openUpload("u", null, clock.time);
      const tries = await Promise.allSettled([1, 2].map(() => store.continueUpload("u", 0, pieces(bytes, 10_000))));
      assert.deepEqual(tries.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
      assert.equal((await store.finishUpload("u")).digest, digestOf(bytes));
    }),
  );

  it(
    "keep what came before the line broke, and go on from there",
    inside(async ({ store, clock }) => {
      const bytes = sample(3_000_000);
      await store.openUpload("u", bytes.length, clock.time);
      await assert.rejects(store.continueUpload("u", 0, breaking(bytes.subarray(0, 1_500_000))), /the line went dead/);
      assert.equal((await store.findUpload("u"))?.received, 1_500_000);
      await store.continueUpload("u", 1_500_000, pieces(bytes.subarray(1_500_000), 1 << 20));
      assert.equal((await store.finishUpload("u")).digest, digestOf(bytes));
    }),
  );

  it(
    "survive a restart between parts, with the hash",
    inside(async (under) => {
      const { clock, reopen } = under;
      if (reopen === undefined) return;
      const bytes = sample(200_000);
      await under.store.openUpload("u", bytes.length, clock.time);
      await under.store.continueUpload("u", 0, pieces(bytes.subarray(0, 150_000), 4096));
      const store = await reopen();
      assert.deepEqual(await store.findUpload("u"), {
        id: "u",
        received: 150_000,
        size: 200_000,
        createdAt: clock.time,
      });
      await store.continueUpload("u", 150_000, pieces(bytes.subarray(150_000), 4096));
      assert.equal((await store.finishUpload("u", digestOf(bytes))).size, 200_000);
      assert.equal(await store.check(digestOf(bytes), 200_000), null);
    }),
  );

  it(
    "refuse to be finished short, or with another digest, and stay open",
    inside(async ({ store, clock }) => {
      const bytes = sample(50);
      await store.openUpload("u", 50, clock.time);
      await store.continueUpload("u", 0, pieces(bytes.subarray(0, 20), 7));
      await assert.rejects(store.finishUpload("u"), refusal("precondition"));
      await store.continueUpload("u", 20, pieces(bytes.subarray(20), 7));
      await assert.rejects(store.finishUpload("u", digestOf(sample(51))), refusal("precondition"));
      assert.equal((await store.finishUpload("u", digestOf(bytes))).size, 50);
    }),
  );

  it(
    "refuse more than was promised, and drop that part whole",
    inside(async ({ store, clock }) => {
      const bytes = sample(50);
      await store.openUpload("u", 50, clock.time);
      await store.continueUpload("u", 0, pieces(bytes.subarray(0, 30), 30));
      await assert.rejects(store.continueUpload("u", 30, pieces(sample(21), 5)), refusal("precondition"));
      assert.equal((await store.findUpload("u"))?.received, 30);
      await store.continueUpload("u", 30, pieces(bytes.subarray(30), 5));
      assert.equal((await store.finishUpload("u")).digest, digestOf(bytes));
    }),
  );

  it(
    "tell their outcome again when the answer was lost, and take no more",
    inside(async (under) => {
      const { clock } = under;
      await under.store.openUpload("u", null, clock.time);
      await under.store.continueUpload("u", 0, pieces(sample(9), 9));
      const blob = await under.store.finishUpload("u");
      assert.deepEqual(await under.store.finishUpload("u"), blob);
      await assert.rejects(under.store.continueUpload("u", 9, pieces(sample(1), 1)), refusal("conflict"));
      const store = (await under.reopen?.()) ?? under.store;
      assert.deepEqual(await store.finishUpload("u", blob.digest), blob);
      await store.remove(blob.digest, clock.time + 1);
      await assert.rejects(store.finishUpload("u"), refusal("not_found"));
    }),
  );

  it(
    "can be given up, more than once, and are unknown then",
    inside(async ({ store, clock }) => {
      await store.openUpload("u", null, clock.time);
      await store.continueUpload("u", 0, pieces(sample(9), 9));
      await store.abortUpload("u");
      await store.abortUpload("u");
      assert.equal(await store.findUpload("u"), undefined);
      await assert.rejects(store.continueUpload("u", 9, pieces(sample(1), 1)), refusal("not_found"));
      await assert.rejects(store.finishUpload("u"), refusal("not_found"));
    }),
  );

  it(
    "are swept by when they were last continued, with their bytes",
    inside(async ({ store, clock }) => {
      await store.openUpload("old", null, clock.time);
      await store.continueUpload("old", 0, pieces(sample(123), 9));
      await store.openUpload("kept", null, clock.time);
      clock.time += 1000;
      await store.continueUpload("kept", 0, pieces(sample(9), 9));
      assert.deepEqual(await store.sweepUploads(clock.time - 1000), { count: 0, bytes: 0 });
      assert.deepEqual(await store.sweepUploads(clock.time), { count: 1, bytes: 123 });
      assert.equal(await store.findUpload("old"), undefined);
      assert.equal((await store.findUpload("kept"))?.received, 9);
    }),
  );

  it(
    "have ids that cannot be paths, each once",
    inside(async ({ store, clock }) => {
      for (const id of ["", "..", ".", "a/b", "a\\b", "a\0", "x".repeat(65), "%2e%2e", "ü"]) {
        await assert.rejects(store.openUpload(id, null, clock.time), refusal("invalid"), id);
        await assert.rejects(async () => store.findUpload(id), refusal("invalid"), id);
        await assert.rejects(async () => store.abortUpload(id), refusal("invalid"), id);
      }
      await store.openUpload("twice", null, clock.time);
      await assert.rejects(store.openUpload("twice", null, clock.time), refusal("conflict"));
      await assert.rejects(store.openUpload("wrong", -1, clock.time), refusal("invalid"));
      await assert.rejects(store.openUpload("wrong", 0.5, clock.time), refusal("invalid"));
    }),
  );
}
