const WIDTH = 28;

/** A bar on a terminal; elsewhere a line at every tenth. Gives the function that moves it. */
export function createProgressLine(what: string): (done: number, all: number) => void {
  const started = performance.now();
  const isTerminal = process.stderr.isTTY === true;
  let shown = -1;
  return (done, all) => {
    const part = all === 0 ? 1 : done / all;
    const mark = Math.floor(part * (isTerminal ? 200 : 10));
    if (mark === shown && done < all) return;
    shown = mark;
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const line = `${what}: ${done.toLocaleString("en")} of ${all.toLocaleString("en")} (${seconds} s)`;
    if (!isTerminal) process.stderr.write(`${line}\n`);
    else {
      const bar = "█".repeat(Math.round(part * WIDTH)).padEnd(WIDTH, "░");
      process.stderr.write(`\r${bar} ${line}${done >= all ? "\n" : ""}`);
    }
  };
}
