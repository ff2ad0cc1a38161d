import type { Page } from "playwright-core";
import { type Figure, figure, ratio } from "../figure.ts";
import { median } from "../quantile.ts";

const MS = 2000;
const ROUNDS = 7;

/**
 * Frames per second while the element that `selector` names is scrolled by `step` px in each frame: the median of several
 * scrolls, because one that meets the compiler or a slow second of the machine has a fifth less.
 */
export async function scrollFrames(page: Page, selector: string, step: number): Promise<number> {
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    rounds.push(await page.evaluate<number>(`(${SCROLL})(${JSON.stringify(selector)}, ${step}, ${MS})`));
  }
  return median(rounds);
}

/** The same of a plain page of the same size, whose rows are all there: what this machine can do at all. */
export async function scrollPlainPage(page: Page, rows: number, columns: number, step: number): Promise<number> {
  await page.evaluate(`(${BUILD_PLAIN})(${rows}, ${columns})`);
  return scrollFrames(page, "#plain", step);
}

/** What is promised is kept by either: fifty frames, or nearly those of the plain page. */
export function scrollFigures(name: string, step: number, frames: number, plain: number): Figure[] {
  const isFast = frames >= 50;
  return [
    figure(`${name}: scrolling ${step * 60} px/s`, frames, "frames/s", isFast ? { target: { atLeast: 50 } } : {}),
    ratio(`${name}: ÷ a plain page`, frames, plain, isFast ? {} : { target: { atLeast: 0.9 } }),
  ];
}

// What follows runs in the page.

const SCROLL = `async (selector, step, ms) => {
  const box = document.querySelector(selector);
  box.scrollTop = 0;
  await new Promise((resolve) => setTimeout(resolve, 500));
  let frames = 0;
  const started = performance.now();
  await new Promise((resolve) => {
    const draw = () => {
      frames++;
      box.scrollTop += step;
      if (performance.now() - started < ms) requestAnimationFrame(draw);
      else resolve();
    };
    requestAnimationFrame(draw);
  });
  if (box.scrollTop === 0) throw new Error(selector + " does not scroll");
  return (frames * 1000) / (performance.now() - started);
}`;

const BUILD_PLAIN = `(rows, columns) => {
  const box = document.createElement("div");
  box.id = "plain";
  Object.assign(box.style, { position: "fixed", inset: "0", overflow: "auto", background: "white", zIndex: "99" });
  for (let row = 0; row < rows; row++) {
    const line = document.createElement("div");
    Object.assign(line.style, { display: "flex", height: "34px", borderBottom: "1px solid #ddd" });
    for (let column = 0; column < columns; column++) {
      const cell = document.createElement("span");
      cell.style.width = "110px";
      cell.textContent = String(row * column);
      line.append(cell);
    }
    box.append(line);
  }
  document.body.append(box);
}`;
