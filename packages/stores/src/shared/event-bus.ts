import { randomUUID } from "node:crypto";
import type { EventBus, SequencedEvent, TrackerEvent } from "@cairn/core";

/**
 * Hints within one process. The newest `held` events stay for readers that come back.
 *
 * @example
 * const bus = createEventBus();
 * bus.publish([{ kind: "run.created", id: "0".repeat(32), experiment: 0 }]);
 * bus.since(0); // that event, with seq 1
 */
export function createEventBus({ held = 10_000 }: { readonly held?: number } = {}): EventBus {
  let ring: SequencedEvent[] = [];
  let last = 0;
  const listeners = new Set<(event: SequencedEvent) => void>();
  return {
    epoch: randomUUID(),
    get last() {
      return last;
    },
    publish(events: readonly TrackerEvent[]) {
      for (const event of events) {
        last += 1;
        const numbered: SequencedEvent = { ...event, seq: last };
        ring.push(numbered);
        for (const listener of [...listeners]) tell(listener, numbered);
      }
      if (ring.length > 2 * held) ring = ring.slice(-held);
    },
    since(seq) {
      if (seq === -1) return [];
      const oldest = last - Math.min(held, ring.length) + 1;
      if (!Number.isSafeInteger(seq) || seq > last || seq < oldest - 1) return "reset";
      return seq === last ? [] : ring.slice(seq - last);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

/** One listener's fault must not keep the others, or the answers that follow, from going out. */
function tell(listener: (event: SequencedEvent) => void, event: SequencedEvent): void {
  try {
    listener(event);
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : String(error));
  }
}
