/** A line for whoever watches. stdout belongs to the program that is being made ready. */
export const say = (text) => process.stderr.write(`${text}\n`);

/**
 * A line per phase; on a terminal a turning sign with the seconds, elsewhere a line every 15 s.
 * @returns a function that ends it; it takes the outcome in a word.
 */
export function showProgress(text) {
  const started = Date.now();
  const seconds = () => ((Date.now() - started) / 1000).toFixed(1);
  const isTerminal = process.stderr.isTTY === true;
  const frames = ["|", "/", "-", "\\"];
  let turn = 0;
  if (!isTerminal) say(`${text} …`);
  const timer = setInterval(
    () => {
      if (isTerminal) process.stderr.write(`\r${frames[turn++ % frames.length]} ${text} … ${seconds()} s `);
      else say(`  still at it (${seconds()} s)`);
    },
    isTerminal ? 120 : 15_000,
  );
  return (outcome) => {
    clearInterval(timer);
    say(`${isTerminal ? "\r\x1b[K" : ""}${text}: ${outcome} (${seconds()} s)`);
  };
}
