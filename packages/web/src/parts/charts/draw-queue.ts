/** New points are drawn at most so often … */
const LIVE_MS = 250;
/** … and so that between two drawings so many times as long is left to others as the last one took. */
const REST = 16;

const soon = new Set<() => void>();
const live = new Set<() => void>();
let frame: number | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
let nextLive = 0;

function drawAll(): void {
  frame = undefined;
  const works = [...soon];
  soon.clear();
  const start = performance.now();
  for (const work of works) work();
  const end = performance.now();
  nextLive = Math.max(nextLive, end + Math.max(LIVE_MS, (end - start) * REST));
}

function askFrame(): void {
  if (frame === undefined) frame = requestAnimationFrame(drawAll);
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
