// The palette and the keys: whatever the page has must be reached from anywhere without a mouse.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createClient } from "@cairn/client";
import { browserWorld, PHONE } from "../support/browser.ts";
import { checkWidth } from "./support/check-width.ts";

const EVIL = `<img src=x onerror="window.ran=1"></script><script>window.ran=1</script>`;
let run = "";

async function fill(url: string): Promise<void> {
  const client = createClient(url);
  const experiment = (await client.experiments.create({ name: `手写数字 ${EVIL}` })).id;
  run = (await client.runs.create({ experiment, name: `100%_sure ${EVIL}` })).id;
  await client.runs.create({ experiment, name: "other" });
  await client.models.create({ name: "digit-reader" });
}

const world = browserWorld({ fill });

describe("the palette", () => {
  it("finds experiments, models, runs and pages by a part of their names, and goes there", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open("/");
    await page.getByRole("main").waitFor();
    const finds: readonly (readonly [string, RegExp, RegExp])[] = [
      ["数字", /手写数字/, /\/experiments\/\d+$/],
      ["digit-r", /digit-reader/, /\/models\/digit-reader$/],
      // Signs of a pattern are meant as they are.
      ["100%_", /100%_sure/, /\/runs\/[0-9a-f]{32}$/],
      [run, /100%_sure/, /\/runs\/[0-9a-f]{32}$/],
      ["track", /Tracker/, /\/tracker$/],
    ];
    for (const [text, name, address] of finds) {
      await page.keyboard.press("Control+k");
      await page.getByRole("dialog").waitFor();
      await page.keyboard.type(text);
      await page.getByRole("option", { name }).waitFor();
      assert.equal(await page.getByRole("option").count(), 1, text);
      await page.keyboard.press("Enter");
      await page.waitForURL(address);
      await page.getByRole("dialog").waitFor({ state: "detached" });
    }
    assert.equal(await page.evaluate("window.ran"), undefined);
  });

  it("is walked by arrows, says when nothing is found, and gives the focus back", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open("/");
    const opener = page.getByRole("button", { name: /^Search/ });
    await opener.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("option", { name: "Tracker" }).waitFor();
    await visit.checkAccess("[role=dialog]");
    await page.keyboard.press("ArrowDown");
    const chosen = () => page.locator("[role=option][data-highlighted]").innerText();
    assert.match(await chosen(), /Tracker/);
    await page.keyboard.press("ArrowUp");
    assert.match(await chosen(), /Home/);
    await page.keyboard.type("zzz");
    await page.getByText("Nothing has this in its name.").waitFor();
    await visit.checkAccess("[role=dialog]");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    assert.equal(await opener.evaluate((one) => one === document.activeElement), true);
  });

  it("changes theme and language, for good", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open("/models");
    await page.getByRole("main").waitFor();
    for (const command of ["Dark theme", "中文"]) {
      await page.keyboard.press("Control+k");
      await page.getByRole("option", { name: command }).waitFor();
      await page.keyboard.type(command);
      await page.locator("[role=option][data-highlighted]", { hasText: command }).waitFor();
      await page.keyboard.press("Enter");
      await page.getByRole("dialog").waitFor({ state: "detached" });
    }
    await page.reload();
    await page.getByRole("link", { name: "总表" }).waitFor();
    assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
    assert.match((await page.locator("html").getAttribute("lang")) ?? "", /^zh/);
  });

  it(
    "finds its own pages and commands while the server does not answer, and tells why nothing else is found",
    world.needs,
    async () => {
      await using visit = await world.visit({ expect: [/ERR_/] });
      const { page } = visit;
      await visit.open("/tracker");
      await page.getByRole("grid").waitFor();
      await page.keyboard.press("Control+k");
      await page.getByRole("option", { name: "Tracker" }).waitFor();
      await visit.context.route("**/api/v1/**", (route) => route.abort());
      await page.keyboard.type("digit");
      await page.getByText("The search failed:").waitFor();
      await page.getByRole("combobox").last().fill("mod");
      await page.getByRole("option", { name: "Models" }).waitFor();
    },
  );
});

describe("the keys", () => {
  it("lead to each place, are listed by ?, and stay out of what is typed", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open("/");
    await page.getByRole("main").waitFor();
    for (const [key, path] of [
      ["t", "/tracker"],
      ["m", "/models"],
      ["f", "/files"],
      ["h", "/"],
    ] as const) {
      await page.keyboard.press("g");
      await page.keyboard.press(key);
      await page.waitForURL((url) => url.pathname === path);
    }
    await page.keyboard.press("g");
    await page.keyboard.press("t");
    await page.getByRole("grid").waitFor();
    await page.keyboard.press("?");
    const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    for (const group of ["Everywhere", "Tracker"]) await sheet.getByRole("heading", { name: group }).waitFor();
    await visit.checkAccess("[role=dialog]");
    await page.keyboard.press("Escape");
    await sheet.waitFor({ state: "detached" });
    await page.getByRole("combobox", { name: "Query" }).focus();
    await page.keyboard.type("gm?");
    assert.equal(await page.getByRole("combobox", { name: "Query" }).inputValue(), "gm?");
    assert.match(page.url(), /\/tracker/);
    assert.equal(await sheet.count(), 0);
  });

  it("turn the theme around", world.needs, async () => {
    await using visit = await world.visit();
    await visit.open("/");
    await visit.page.getByRole("main").waitFor();
    await visit.page.keyboard.press("Alt+m");
    await visit.page.locator('html[data-theme="dark"]').waitFor();
  });
});

describe("on a phone, in the dark, in Chinese", () => {
  it("the drawer, the palette and the sheet of keys fit and are accessible", world.needs, async () => {
    await using visit = await world.visit({ locale: "zh-CN", colorScheme: "dark", viewport: PHONE });
    const { page } = visit;
    await visit.open("/tracker");
    await page.getByRole("button", { name: "菜单" }).click();
    await visit.checkAccess();
    await page.getByRole("button", { name: /^搜索/ }).click();
    await page.getByRole("option", { name: "总表" }).waitFor();
    await checkWidth(page);
    await visit.checkAccess("[role=dialog]");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.getByRole("heading", { level: 1, name: "总表" }).click();
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "快捷键" }).waitFor();
    await checkWidth(page);
    await visit.checkAccess("[role=dialog]");
  });
});
