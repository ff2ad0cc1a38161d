/** Keeps the first `limit` of all slots that it is offered, in a heap whose root is the last of them. */
export interface Top {
  /** True if it is kept, for now. */
  offer(slot: number): boolean;
  /** The last of those kept when it is full, else -1: whatever comes after it need not be offered. */
  readonly last: number;
  /** What is kept, in order. */
  sorted(): number[];
}

export function createTop(limit: number, compare: (a: number, b: number) => number): Top {
  const heap: number[] = [];

  function siftUp(from: number): void {
    let at = from;
    const slot = heap[at] as number;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (compare(slot, heap[parent] as number) <= 0) break;
      heap[at] = heap[parent] as number;
      at = parent;
    }
    heap[at] = slot;
  }

  function siftDown(slot: number): void {
    let at = 0;
    while (true) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && compare(heap[child + 1] as number, heap[child] as number) > 0) child++;
      if (compare(slot, heap[child] as number) >= 0) break;
      heap[at] = heap[child] as number;
      at = child;
    }
    heap[at] = slot;
  }

  return {
    offer(slot) {
      if (heap.length < limit) siftUp(heap.push(slot) - 1);
      else if (compare(slot, heap[0] as number) < 0) siftDown(slot);
      else return false;
      return true;
    },
    get last() {
      return heap.length < limit ? -1 : (heap[0] as number);
    },
    sorted: () => [...heap].sort(compare),
  };
}
