import assert from "node:assert/strict";
import { after, before } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { buildPage } from "./built-page.ts";
import { type CairnProcess, startCairn } from "./cairn-process.ts";
import { findChromium, NO_CHROMIUM } from "./chromium.ts";

/** How the visitor sees the page. */
export interface Visitor {
  /** `en-US` by default. */
  readonly locale?: "en-US" | "zh-CN" | "de-DE";
  readonly colorScheme?: "light" | "dark";
  /** 1440 × 900 by default; a phone is `PHONE`. */
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly reducedMotion?: "reduce" | "no-preference";
  /** Complaints that belong to the test, such as the 404 it provokes. All others fail it. */
  readonly expect?: readonly RegExp[];
}

export const PHONE = { width: 390, height: 844 } as const;

/** One visitor's window. Disposing it closes it, and throws what the page complained of. */
export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Of the server, without a slash at the end. */
  readonly url: string;
  /** Opens an address below the server's, such as `/experiments/1`. */
  open(path: string): Promise<void>;
  /** What the page complained of so far: console errors, errors nobody caught, and what the policy forbade. */
  readonly complaints: readonly string[];
  /**
   * Fails where axe-core finds a fault against WCAG 2.2 A and AA.
   * @param within a selector; the whole page by default.
   */
  checkAccess(within?: string): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface BrowserWorld {
  /** Such as `{ skip: "no Chromium is found" }`: the second argument of each `it`. */
  readonly needs: { readonly skip: string | false };
  readonly cairn: CairnProcess;
  /** A fresh window: nothing of an earlier one is kept. */
  visit(visitor?: Visitor): Promise<Visit>;
}

/**
 * A real Chromium and a real server with the page as built, for one file of tests. Call it once, at the top of the file.
 *
 * @param options.args more options of `cairn serve`
 * @param options.fill puts something on the server before the first test
 * @example
 * const world = browserWorld({ fill: (url) => seed(createClient(url)) });
 * it("shows the experiments", world.needs, async () => {
 *   await using visit = await world.visit({ colorScheme: "dark" });
 *   await visit.open("/");
 *   await visit.page.getByRole("link", { name: "digits" }).click();
 * });
 */
export function browserWorld(
  options: { readonly args?: readonly string[]; readonly fill?: (url: string) => Promise<unknown> } = {},
): BrowserWorld {
  const program = findChromium();
  let browser: Browser | undefined;
  let cairn: CairnProcess | undefined;

  before(async () => {
    if (program === undefined) return;
    await buildPage();
    cairn = await startCairn({ args: options.args ?? [] });
    await options.fill?.(cairn.url);
    browser = await chromium.launch({
      executablePath: program,
      // Root has no sandbox, and a container little shared memory.
      args: [...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), "--disable-dev-shm-usage"],
    });
  });
  after(async () => {
    await browser?.close();
    await cairn?.[Symbol.asyncDispose]();
  });

  return {
    needs: { skip: program === undefined ? NO_CHROMIUM : false },
    get cairn() {
      assert.ok(cairn !== undefined, "the server has not started");
      return cairn;
    },
    visit: async (visitor = {}) => {
      assert.ok(browser !== undefined && cairn !== undefined, "the browser has not started");
      return openVisit(browser, cairn.url, visitor);
    },
  };
}

async function openVisit(browser: Browser, url: string, visitor: Visitor): Promise<Visit> {
  const { locale = "en-US", colorScheme = "light", viewport = { width: 1440, height: 900 }, expect = [] } = visitor;
  const reducedMotion = visitor.reducedMotion ?? "reduce";
  const context = await browser.newContext({ locale, colorScheme, viewport, reducedMotion, timezoneId: "UTC" });
  const page = await context.newPage();
  const complaints: string[] = [];
  const complain = (text: string) => {
    if (!expect.some((pattern) => pattern.test(text))) complaints.push(text);
  };
  context.on("console", (message) => {
    if (message.type() === "error") complain(`console: ${message.text()} (${message.location().url})`);
  });
  context.on("weberror", (error) => complain(`uncaught: ${error.error().stack ?? error.error().message}`));
  await context.exposeBinding("__violated", (_, text: string) => complain(`forbidden by the policy: ${text}`));
  await context.addInitScript(WATCH_POLICY);
  page.setDefaultTimeout(10_000);
  return {
    page,
    context,
    url,
    complaints,
    open: async (path) => void (await page.goto(url + path)),
    checkAccess: async (within) => {
      // One frame, no second window, and only what is wrong: two to three times as fast as axe's usual way.
      const builder = new AxeBuilder({ page }).setLegacyMode().options({ runOnly: RULES, resultTypes: ["violations"] });
      const { violations } = await (within === undefined ? builder : builder.include(within)).analyze();
      const faults = violations.flatMap(({ id, help, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id}: ${help} at ${target.join(" ")}\n${failureSummary ?? ""}`),
      );
      assert.deepEqual(faults, [], faults.join("\n"));
    },
    [Symbol.asyncDispose]: async () => {
      await context.close();
      assert.deepEqual(complaints, [], `the page complained:\n${complaints.join("\n")}`);
    },
  };
}

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Runs in the page. The browser tells of a violation on the console too, but not of each kind in each version. */
const WATCH_POLICY = `document.addEventListener("securitypolicyviolation", (event) => {
  window.__violated(event.violatedDirective + " " + event.blockedURI + " " + event.sample);
});`;
