import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { hasEnded, isStalled, moveRun, type RunLife, runStates, STALLED_AFTER_MS } from "./state.ts";

const born: RunLife = { state: "scheduled", startedAt: null, endedAt: null, heartbeatAt: 0, attempt: 0 };

describe("the state machine of a run", () => {
  it("opens the first attempt with the first start", () => {
    const run = moveRun(born, "running", 5);
    assert.deepEqual(run, { state: "running", startedAt: 5, endedAt: null, heartbeatAt: 5, attempt: 1 });
  });

  it("opens the next attempt when an ended run goes on, and takes the ending back", () => {
    const ended = moveRun(moveRun(born, "running", 5), "failed", 9);
    assert.equal(ended.endedAt, 9);
    const again = moveRun(ended, "running", 20);
    assert.deepEqual([again.attempt, again.startedAt, again.endedAt], [2, 5, null]);
  });

  // Clients say "running" again whenever they resume; several processes of one job do so side by side.
  it("opens no attempt when a living run says again that it runs", () => {
    const run = moveRun(moveRun(born, "running", 5), "running", 6);
    assert.equal(run.attempt, 1);
  });

  it("opens an attempt when a silent run says that it runs: the job was killed and came back", () => {
    const run = moveRun(moveRun(born, "running", 0), "running", STALLED_AFTER_MS);
    assert.equal(run.attempt, 2);
  });

  it("keeps the time of an ending that is said twice, unless another is given", () => {
    const ended = moveRun(moveRun(born, "running", 0), "finished", 7);
    assert.equal(moveRun(ended, "finished", 99).endedAt, 7);
    assert.equal(moveRun(ended, "finished", 99, 50).endedAt, 50);
  });

  it("has an end time exactly when it has ended, and attempts never fall, whatever the moves", () => {
    const moves = fc.array(fc.tuple(fc.constantFrom(...runStates), fc.nat(STALLED_AFTER_MS * 2)));
    fc.assert(
      fc.property(moves, (steps) => {
        let run = born;
        let now = 0;
        for (const [to, wait] of steps) {
          now += wait;
          const next = moveRun(run, to, now);
          assert.ok(next.attempt === run.attempt || next.attempt === run.attempt + 1);
          run = next;
          assert.equal(run.endedAt !== null, hasEnded(run.state));
          assert.equal(isStalled(run, now), false);
        }
      }),
    );
  });
});
