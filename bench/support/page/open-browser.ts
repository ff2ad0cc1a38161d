import { type Browser, chromium, type Page } from "playwright-core";
import { findChromium, NO_CHROMIUM } from "../../../tests/support/chromium.ts";

/** Size of the window that every figure is of. */
export const WINDOW = { width: 1440, height: 900 } as const;

export interface BenchBrowser {
  /** A window of its own, with nothing in its cache. */
  open(): Promise<Page & AsyncDisposable>;
  /** Seconds of processor so far, by kind of process: `renderer` is what pages take. */
  cpu(): Promise<Readonly<Record<string, number>>>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A real Chromium, that draws on the processor alone. @throws Error when there is none. */
export async function openBrowser(): Promise<BenchBrowser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error(NO_CHROMIUM);
  const args = [...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), "--disable-dev-shm-usage", "--disable-gpu"];
  const browser: Browser = await chromium.launch({ executablePath, args });
  return {
    open: async () => {
      const context = await browser.newContext({ viewport: WINDOW });
      const page = await context.newPage();
      return Object.assign(page, { [Symbol.asyncDispose]: () => context.close() });
    },
    cpu: async () => {
      const session = await browser.newBrowserCDPSession();
      const { processInfo } = await session.send("SystemInfo.getProcessInfo");
      await session.detach();
      const seconds: Record<string, number> = {};
      for (const { type, cpuTime } of processInfo) seconds[type] = (seconds[type] ?? 0) + cpuTime;
      return seconds;
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
}
