/** New points are drawn at most so often … */
const LIVE_MS = 250;
/** … and so that between two drawings so many times as long is left to others as the last one took. */
const REST = 16;
/** What takes longer goes on in the next frame: the first charts are seen before the last are drawn. */
const FRAME_MS = 12;

const soon = new Set<() => void>();
const live = new Set<() => void>();
let frame: number | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
let nextLive = 0;
/** Ms that the drawings took which wait for no others. */
let spent = 0;

function drawSome(): void {
  frame = undefined;
  const start = performance.now();
  let end = start;
  for (const work of [...soon]) {
    if (end - start > FRAME_MS) break;
    soon.delete(work);
    work();
    end = performance.now();
  }
  spent += end - start;
  if (soon.size > 0) {
    askFrame();
    return;
  }
  nextLive = Math.max(nextLive, end + Math.max(LIVE_MS, spent * REST));
  spent = 0;
}

function askFrame(): void {
  if (frame === undefined) frame = requestAnimationFrame(drawSome);
}

/** Draws with the next frame: something was done or arrived for the first time. */
export function drawSoon(work: () => void): void {
  live.delete(work);
  soon.add(work);
  askFrame();
}

/** Draws with the others that have new points: four times a second, or fewer where there is much to draw. */
export function drawLive(work: () => void): void {
  if (soon.has(work)) return;
  live.add(work);
  if (timer !== undefined) return;
  timer = setTimeout(
    () => {
      timer = undefined;
      for (const each of live) soon.add(each);
      live.clear();
      askFrame();
    },
    Math.min(2000, Math.max(0, nextLive - performance.now())),
  );
}

export function cancelDraw(work: () => void): void {
  soon.delete(work);
  live.delete(work);
}
