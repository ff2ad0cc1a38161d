// test-timeout: 300 s
// Home: what one sees first. Its code must work as pasted, and a training must appear on it without anybody asking.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createClient, startRun } from "@cairn/client";
import { browserWorld, PHONE } from "../support/browser.ts";
import { spawnCommand } from "../support/command.ts";
import { pythonEnv } from "../support/python.ts";
import { checkWidth } from "./support/check-width.ts";

const EVIL = `<img src=x onerror="window.ran=1"></script><script>window.ran=1</script>`;
const world = browserWorld();
const client = () => createClient(world.cairn.url);

async function runPasted(command: readonly string[], code: string): Promise<void> {
  const { status, output } = await spawnCommand(command, { input: code }).ended;
  assert.equal(status, 0, `${command[0]} ended with ${status}:\n${output}\nof:\n${code}`);
}

/** The newest run of any experiment, which must be finished. @returns its points of `loss`. */
async function newestRun(): Promise<readonly [count: number | undefined, last: number | undefined]> {
  const [run] = (await client().runs.search({ limit: 1 })).items;
  assert.equal(run?.state, "finished");
  const loss = run?.metrics.find(({ key }) => key === "loss");
  return [loss?.count, loss?.latest?.value];
}

describe("home on an empty server", () => {
  it("says how to begin, and each of its three ways works as copied", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await visit.context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await visit.open("/");
    await page.getByRole("heading", { level: 1, name: "Every training, on record." }).waitFor();
    await visit.checkAccess();
    const codes = new Map<string, string>();
    for (const title of ["Python", "TypeScript", "curl"]) {
      await page.getByRole("tab", { name: title }).click();
      await page.getByRole("button", { name: `Copy: ${title}` }).click();
      await page.getByText("Copied", { exact: true }).waitFor();
      codes.set(title, await page.evaluate(() => navigator.clipboard.readText()));
    }
    await runPasted(["sh", "-e"], codes.get("curl") ?? "");
    assert.deepEqual(await newestRun(), [1, 0.4]);
    // The run was found by itself: the page is no longer that of an empty server.
    await page.getByRole("heading", { level: 1, name: "Home" }).waitFor();
    await runPasted([process.execPath, "--input-type=module-typescript", "-"], codes.get("TypeScript") ?? "");
    assert.deepEqual(await newestRun(), [100, 0.01]);
    await page.getByRole("link", { name: "first", exact: true }).waitFor();
    const { python } = await pythonEnv();
    await runPasted([python, "-"], codes.get("Python") ?? "");
    assert.deepEqual(await newestRun(), [100, 0.01]);
    const row = page.getByRole("row", { name: /^first / });
    await row.getByRole("cell", { name: "2", exact: true }).waitFor();
  });
});

describe("home", () => {
  it(
    "shows a training that begins while it is open, moves its curve, and lets it go at its end",
    world.needs,
    async () => {
      await using visit = await world.visit();
      const { page } = visit;
      await visit.open("/");
      await page.getByRole("heading", { level: 1, name: "Home" }).waitFor();
      const run = await startRun(client(), { experiment: `live ${EVIL}`, name: `now ${EVIL}` });
      const card = page.getByRole("region", { name: "Training now" }).getByRole("link");
      await card.waitFor();
      await page.getByRole("link", { name: "live" }).waitFor();
      for (let step = 0; step < 5; step++) run.log({ "train/lr": 0.1, "val/loss": 1 / (step + 1) }, { step });
      await run.flush();
      const curve = card.getByRole("img", { name: /^val\/loss, now 0.2/ });
      await curve.waitFor();
      await curve.locator("path").first().waitFor();
      const before = await curve.innerHTML();
      for (let step = 5; step < 9; step++) run.log({ "val/loss": 2 + step }, { step });
      await run.flush();
      const moved = card.getByRole("img", { name: /^val\/loss, now 10/ });
      await moved.waitFor();
      await page.waitForFunction(
        (text) => document.querySelector('[role="img"][aria-label^="val/loss"]')?.innerHTML !== text,
        before,
      );
      await visit.checkAccess();
      await run.finish();
      await card.waitFor({ state: "detached" });
      assert.equal(await page.evaluate("window.ran"), undefined);
    },
  );

  it(
    "makes an experiment by keyboard alone, says what is wrong in place, and shows it when one comes back",
    world.needs,
    async () => {
      await using visit = await world.visit({ expect: [/status of 409/] });
      const { page } = visit;
      await visit.open("/");
      const button = page.getByRole("button", { name: "New experiment" });
      await button.waitFor();
      await page.locator("body").press("Tab");
      for (let tabs = 0; tabs < 30 && !(await button.evaluate((one) => one === document.activeElement)); tabs++) {
        await page.keyboard.press("Tab");
      }
      await page.keyboard.press("Enter");
      const dialog = page.getByRole("dialog", { name: "New experiment" });
      await dialog.getByLabel("Name").waitFor();
      await visit.checkAccess("[role=dialog]");
      await page.keyboard.press("Enter");
      await dialog.getByText("An experiment needs a name.").waitFor();
      await page.keyboard.type("first");
      await page.keyboard.press("Enter");
      await dialog.getByText(/already|exists|taken/).waitFor();
      await page.keyboard.type(" of keys");
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/experiments\/\d+/);
      await page.keyboard.press("g");
      await page.keyboard.press("h");
      await page.getByRole("link", { name: "first of keys" }).waitFor();
    },
  );

  it("finds one of three hundred experiments, and the address keeps the filter", world.needs, async () => {
    const names = Array.from({ length: 300 }, (_, index) => `sweep ${index}`);
    names.push("手写数字识别 🎉", `a name that goes on ${"and on ".repeat(30)}`, EVIL, "x".repeat(240));
    for (const name of names) await client().experiments.create({ name, description: `about ${name.slice(0, 300)}` });
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open("/");
    await page.getByRole("searchbox", { name: "Filter by name" }).fill("数字");
    await page.getByRole("link", { name: "手写数字识别 🎉" }).waitFor();
    assert.equal(await page.getByRole("row").count(), 2);
    await page.reload();
    await page.getByRole("link", { name: "手写数字识别 🎉" }).waitFor();
    assert.equal(await page.getByRole("row").count(), 2);
    await page.getByRole("searchbox").fill("no such thing");
    await page.getByText("No experiment has “no such thing” in its name.").waitFor();
    await page.getByRole("searchbox").fill("");
    await page.getByRole("button", { name: /^Show \d+ more$/ }).click();
    await page.waitForURL(/show=100/);
    assert.equal(await page.getByRole("row").count(), 101);
    assert.equal(await page.evaluate("window.ran"), undefined);
  });

  it("fits a phone in both languages and themes, and is accessible there", world.needs, async () => {
    for (const look of [{ locale: "zh-CN", colorScheme: "dark" }, { colorScheme: "light" }] as const) {
      await using visit = await world.visit({ ...look, viewport: PHONE });
      await visit.open("/");
      await visit.page.getByRole("table").waitFor();
      await checkWidth(visit.page);
      await visit.checkAccess();
    }
  });

  it("says so in place when the server does not answer, and goes on when it does", world.needs, async () => {
    await using visit = await world.visit({ expect: [/ERR_/] });
    const { page } = visit;
    await visit.context.route("**/api/v1/**", (route) => route.abort());
    await visit.open("/");
    await page.getByRole("alert").getByText("The runs could not be read").waitFor();
    await visit.checkAccess();
    await visit.context.unroute("**/api/v1/**");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("table").waitFor();
  });

  it("keeps what it shows when the server ends, and tells what could not be done", world.needs, async () => {
    await using visit = await world.visit({ expect: [/ERR_/] });
    const { page } = visit;
    await visit.open("/");
    await page.getByRole("searchbox").fill("of keys");
    await page.getByRole("link", { name: "first of keys" }).waitFor();
    await world.cairn.kill();
    await page.getByRole("button", { name: "New experiment" }).click();
    await page.getByRole("dialog").getByLabel("Name").fill("too late");
    await page.getByRole("button", { name: "Create" }).click();
    await page
      .getByRole("dialog")
      .getByText(/server|reach|answer/i)
      .waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: "first of keys" }).waitFor();
  });
});
