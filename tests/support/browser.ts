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

/** Unless the visitor's is another. */
const LOOK = { colorScheme: "light", viewport: { width: 1440, height: 900 }, reducedMotion: "reduce" } as const;

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
  /** A fresh window: nothing of an earlier one is kept, but that the page's code is known. */
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
  let visit: BrowserWorld["visit"] | undefined;

  before(async () => {
    if (program === undefined) return;
    await buildPage();
    cairn = await startCairn({ args: options.args ?? [] });
    await options.fill?.(cairn.url);
    browser = await chromium.launch({
      executablePath: program,
      // Root has no sandbox, and a container little shared memory.
      args: [...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), "--disable-dev-shm-usage", "--process-per-site"],
    });
    visit = openWindows(browser, cairn.url);
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
      assert.ok(visit !== undefined, "the browser has not started");
      return visit(visitor);
    },
  };
}

/** The windows of one locale, of which one is open at a time. */
interface Profile {
  readonly context: BrowserContext;
  readonly locale: string;
  /** Lies on the server's origin for as long as the browser runs. */
  readonly keeper: Page;
  isTaken: boolean;
  complain(text: string): void;
}

/**
 * Opens windows, in a profile that nobody uses: a fresh one starts a process that compiles the whole page anew, which takes
 * four times as long as most tests. So a profile's process is kept alive, and its code with it; what a visit left in it is not.
 */
function openWindows(browser: Browser, url: string) {
  const profiles: Profile[] = [];

  const createProfile = async (locale: string): Promise<Profile> => {
    const context = await browser.newContext({ ...LOOK, locale, timezoneId: "UTC" });
    const profile: Profile = {
      context,
      locale,
      keeper: await context.newPage(),
      isTaken: true,
      complain: () => {},
    };
    await profile.keeper.goto(`${url}/health`);
    context.on("console", (message) => {
      if (message.type() !== "error" || message.page() === profile.keeper) return;
      profile.complain(`console: ${message.text()} (${message.location().url})`);
    });
    context.on("weberror", (error) => profile.complain(`uncaught: ${error.error().stack ?? error.error().message}`));
    await context.exposeBinding("__violated", (_, text: string) =>
      profile.complain(`forbidden by the policy: ${text}`),
    );
    await context.addInitScript(WATCH_POLICY);
    profiles.push(profile);
    return profile;
  };

  const take = async (locale: string): Promise<Profile> => {
    const free = profiles.find((profile) => !profile.isTaken && profile.locale === locale);
    if (free === undefined) return createProfile(locale);
    free.isTaken = true;
    return free;
  };

  /** The page keeps things in `localStorage` alone. */
  const leave = async (profile: Profile): Promise<void> => {
    const { context, keeper } = profile;
    for (const page of context.pages()) if (page !== keeper) await page.close();
    await context.unrouteAll();
    await context.clearPermissions();
    await keeper.evaluate(() => localStorage.clear());
    profile.isTaken = false;
  };

  return async ({ locale = "en-US", expect = [], ...look }: Visitor): Promise<Visit> => {
    const profile = await take(locale);
    const { context } = profile;
    const complaints: string[] = [];
    profile.complain = (text) => {
      if (!expect.some((pattern) => pattern.test(text))) complaints.push(text);
    };
    const page = await context.newPage();
    const { viewport, ...media } = { ...LOOK, ...look };
    await page.setViewportSize(viewport);
    await page.emulateMedia(media);
    page.setDefaultTimeout(10_000);
    return {
      page,
      context,
      url,
      complaints,
      open: async (path) => void (await page.goto(url + path)),
      checkAccess: (within) => checkAccess(page, within),
      [Symbol.asyncDispose]: async () => {
        await leave(profile);
        assert.deepEqual(complaints, [], `the page complained:\n${complaints.join("\n")}`);
      },
    };
  };
}

async function checkAccess(page: Page, within: string | undefined): Promise<void> {
  // One frame, no second window, and only what is wrong: two to three times as fast as axe's usual way.
  const builder = new AxeBuilder({ page }).setLegacyMode().options({ runOnly: RULES, resultTypes: ["violations"] });
  const { violations } = await (within === undefined ? builder : builder.include(within)).analyze();
  const faults = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help} at ${target.join(" ")}\n${failureSummary ?? ""}`),
  );
  assert.deepEqual(faults, [], faults.join("\n"));
}

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Runs in the page. The browser tells of a violation on the console too, but not of each kind in each version. */
const WATCH_POLICY = `document.addEventListener("securitypolicyviolation", (event) => {
  window.__violated(event.violatedDirective + " " + event.blockedURI + " " + event.sample);
});`;
