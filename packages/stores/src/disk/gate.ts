/** Lets so many bytes through at a time; who comes too many waits in line. */
export interface Gate {
  enter(bytes: number): Promise<void>;
  leave(bytes: number): void;
}

export function createGate(limit: number): Gate {
  let inside = 0;
  const line: { bytes: number; go: () => void }[] = [];
  const admit = () => {
    // One that is larger than the gate goes alone.
    for (let first = line[0]; first !== undefined && (inside === 0 || inside + first.bytes <= limit); first = line[0]) {
      line.shift();
      inside += first.bytes;
      first.go();
    }
  };
  return {
    enter(bytes) {
      return new Promise((resolve) => {
        line.push({ bytes, go: resolve });
        admit();
      });
    },
    leave(bytes) {
      inside -= bytes;
      admit();
    },
  };
}
