import assert from "node:assert/strict";
import type { Page } from "playwright-core";

/** Fails where the page can be scrolled sideways as a whole. Boxes that scroll within themselves may be wider. */
export async function checkWidth(page: Page): Promise<void> {
  const boxes = await page.evaluate(() =>
    [document.documentElement, document.querySelector("main")].map((box) => [
      box?.scrollWidth ?? 0,
      box?.clientWidth ?? 0,
    ]),
  );
  for (const [wide = 0, window = 0] of boxes) {
    assert.ok(wide <= window, `${new URL(page.url()).pathname}: ${wide} px wide in ${window} px`);
  }
}
