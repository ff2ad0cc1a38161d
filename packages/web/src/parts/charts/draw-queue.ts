/** New points are drawn at most so often. */
const LIVE_MS = 250;

const soon = new Set<() => void>();
const live = new Set<() => void>();
let frame: number | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
let lastLive = 0;

function drawAll(): void {
  frame = undefined;
  const works = [...soon];
  soon.clear();
  for (const work of works) work();
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

/** Draws with the others that have new points, four times a second in all; a hidden page draws nothing. */
export function drawLive(work: () => void): void {
  if (soon.has(work)) return;
  live.add(work);
  if (timer !== undefined) return;
  timer = setTimeout(
    () => {
      timer = undefined;
      lastLive = performance.now();
      for (const each of live) soon.add(each);
      live.clear();
      askFrame();
    },
    Math.max(0, LIVE_MS - (performance.now() - lastLive)),
  );
}

export function cancelDraw(work: () => void): void {
  soon.delete(work);
  live.delete(work);
}
