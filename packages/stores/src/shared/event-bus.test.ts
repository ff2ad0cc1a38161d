import assert from "node:assert/strict";
import { once } from "node:events";
import { describe, it } from "node:test";
import type { TrackerEvent } from "@cairn/core";
import { createEventBus } from "./event-bus.ts";

const hint = (id: string): TrackerEvent => ({ kind: "run.updated", id, experiment: 0 });

describe("the event bus", () => {
  it("numbers events and tells every listener until it stops", () => {
    const bus = createEventBus();
    const heard: string[] = [];
    const stop = bus.subscribe((event) => {
      heard.push(`${event.seq} ${event.id}`);
      if (event.id === "b") stop();
    });
    bus.subscribe((event) => heard.push(`${event.seq} ${event.id} too`));
    bus.publish([hint("a"), hint("b"), hint("c")]);
    assert.deepEqual(heard, ["1 a", "1 a too", "2 b", "2 b too", "3 c too"]);
    assert.equal(bus.last, 3);
  });

  it("tells the others when one listener throws, and warns", async () => {
    const bus = createEventBus();
    const heard: number[] = [];
    bus.subscribe(() => {
      throw new Error("a listener's fault");
    });
    bus.subscribe((event) => heard.push(event.seq));
    const warned = once(process, "warning");
    bus.publish([hint("a"), hint("b")]);
    assert.deepEqual(heard, [1, 2]);
    assert.match(String((await warned)[0]), /a listener's fault/);
  });

  it("gives what came after a number that it holds, and reset for any other", () => {
    const bus = createEventBus({ held: 3 });
    assert.deepEqual(bus.since(0), []);
    for (let at = 1; at <= 10; at++) bus.publish([hint(`${at}`)]);
    const after = (seq: number) => {
      const events = bus.since(seq);
      return events === "reset" ? events : events.map((event) => event.seq);
    };
    assert.deepEqual(after(7), [8, 9, 10]);
    assert.deepEqual(after(9), [10]);
    assert.deepEqual(after(10), []);
    assert.deepEqual(after(-1), []);
    for (const seq of [6, 0, 11, -2, 8.5, Number.NaN]) assert.equal(after(seq), "reset", `${seq}`);
  });

  it("has a name of its own for its numbering", () => {
    assert.notEqual(createEventBus().epoch, createEventBus().epoch);
  });
});
