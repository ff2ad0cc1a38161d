import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createClient } from "@cairn/client";
import type { Page } from "playwright-core";
import { browserWorld } from "../support/browser.ts";

const COUNT = 8;

/** Experiment 1: a-0 … a-7, whose learning rates are two and whose losses fall while they are worth more at the end. */
const world = browserWorld({
  fill: async (url) => {
    const client = createClient(url);
    const { id: experiment } = await client.experiments.create({ name: "table" });
    for (let index = 0; index < COUNT; index++) {
      const parameters = [{ key: "lr", value: index % 2 === 0 ? 0.1 : 0.01 }];
      const run = await client.runs.create({ experiment, name: `a-${index}`, state: "finished", parameters });
      const values = Float64Array.of(10 + index, index + 0.25, index + 0.5);
      await client.runs.log(run.id, {
        points: {
          keys: ["val/loss"],
          counts: Uint32Array.of(3),
          steps: Float64Array.of(1, 2, 3),
          times: Float64Array.of(1e12, 1e12 + 1, 1e12 + 2),
          values,
          batches: null,
        },
      });
    }
  },
});

const COLUMNS = "!name,state,metrics.val/loss,params.lr";
const grid = (page: Page) => page.getByRole("grid", { name: "Runs" });
const header = (page: Page, name: string) => grid(page).getByRole("columnheader", { name });
const row = (page: Page, name: string) => grid(page).getByRole("row").filter({ hasText: name });
const names = (page: Page) => grid(page).locator("[data-row] a").allTextContents();
const search = (page: Page) => new URL(page.url()).searchParams;

async function until(page: Page, what: string, holds: () => Promise<boolean> | boolean): Promise<void> {
  for (let turn = 0; turn < 200; turn++) {
    if (await holds()) return;
    await page.waitForTimeout(50);
  }
  assert.fail(`it never came to be that ${what}`);
}

/** Presses the pointer on one place, moves it in steps to another, and lets it go. */
async function drag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 6 });
  await page.mouse.up();
}

async function middleOf(page: Page, name: string): Promise<{ x: number; y: number }> {
  const box = await header(page, name).boundingBox();
  assert.ok(box !== null);
  return { x: box.x + box.width / 3, y: box.y + box.height / 2 };
}

describe("the table of runs, by pointer", () => {
  // The charts keep the former list's runs while the next is asked for, and of no run nothing is asked.
  it("shows one run alone in the charts, also after a reload", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open(`/experiments/1?tab=both&columns=${COLUMNS}`);
    const foot = (points: string) => page.getByRole("figure", { name: "loss" }).getByText(points, { exact: true });
    await foot("24 points").waitFor();
    await grid(page).focus();
    await page.keyboard.press("Shift+E");
    await foot("3 points").waitFor();
    await page.reload();
    await foot("3 points").waitFor();
  });

  it("is sorted by several columns, whose order is moved and whose statistic is chosen", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open(`/experiments/1?tab=table&columns=${COLUMNS}`);
    await row(page, "a-7").waitFor();

    await header(page, "lr").locator("span").first().click();
    await until(page, "the least rate is first", async () => (await names(page))[0]?.match(/[1357]$/) !== null);
    await header(page, "val/loss")
      .locator("span")
      .first()
      .click({ modifiers: ["Shift"] });
    const sorted = "a-1,a-3,a-5,a-7,a-0,a-2,a-4,a-6";
    await until(page, "losses rise within a rate", async () => (await names(page)).join() === sorted);
    assert.equal(search(page).get("order"), "params.lr, metrics.val/loss");
    assert.match((await header(page, "val/loss").textContent()) ?? "", /2$/);

    await drag(page, await middleOf(page, "val/loss"), await middleOf(page, "State"));
    await until(page, "the loss stands before the state", () =>
      (search(page).get("columns") ?? "").startsWith("!name,metrics.val/loss,state"),
    );
    assert.match(search(page).get("order") ?? "", /^params\.lr, /, "a column that is dragged sorts nothing");

    for (const [stat, text] of [
      ["min", "1.25"],
      ["max", "11"],
      ["latest", "1.5"],
    ] as const) {
      await header(page, "val/loss").hover();
      await page.getByRole("button", { name: "Menu of column val/loss" }).click();
      await page.getByRole("menuitemcheckbox", { name: stat, exact: true }).click();
      await row(page, "a-1").getByRole("gridcell", { name: text, exact: true }).waitFor();
    }
  });

  it("gives the charts more room by its divider, and keeps open groups in the address", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open(`/experiments/1?group=params.lr&columns=${COLUMNS}`);
    await page.getByRole("button", { name: /0\.01/ }).first().click();
    await row(page, "a-7").waitFor();
    const divider = page.getByRole("separator", { name: "Width of the table" });
    const box = await divider.boundingBox();
    assert.ok(box !== null);
    const at = { x: box.x + box.width / 2, y: box.y + 200 };
    await drag(page, at, { x: at.x - 200, y: at.y });
    await until(page, "the table is narrower", () => Number(search(page).get("split")) < 40);
    await page.reload();
    await row(page, "a-7").waitFor();
    assert.equal((await names(page)).length, COUNT / 2);
    await divider.focus();
    const before = Number(search(page).get("split"));
    await page.keyboard.press("ArrowRight");
    await until(page, "it is moved by keys", () => Number(search(page).get("split")) === before + 2);
    await page.getByRole("button", { name: /0\.01/ }).first().click();
    await until(page, "the group is shut", () => search(page).get("open") === null);
  });
});

describe("many runs at a time", () => {
  it("are tagged, noted and starred, which undo takes back, and purged from the trash", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    const client = createClient(world.cairn.url);
    const count = async (filter: string) => (await client.runs.search({ filter, count: true, limit: 1 })).total;
    const undo = async () => {
      await page.getByRole("button", { name: "Undo", exact: true }).first().click();
    };
    await visit.open("/experiments/1?tab=table");
    await row(page, "a-7").getByRole("checkbox").check();
    await row(page, "a-6").getByRole("checkbox").check();

    await page.keyboard.press("t");
    await page.getByLabel("Key", { exact: true }).fill("stage");
    await page.getByLabel("Value", { exact: true }).fill("try");
    await page.keyboard.press("Enter");
    await until(page, "both are tagged", async () => (await count("tags.stage = 'try'")) === 2);
    await undo();
    await until(page, "none is tagged", async () => (await count("tags.stage = 'try'")) === 0);

    await page.keyboard.press("s");
    await until(page, "both are starred", async () => (await count("starred = true")) === 2);
    await page.getByRole("button", { name: "Take the star off" }).click();
    await until(page, "none is starred", async () => (await count("starred = true")) === 0);

    const { items } = await client.runs.search({ filter: "name IN ('a-6', 'a-7')" });
    const notes = async () => (await Promise.all(items.map(({ id }) => client.runs.listNotes(id)))).flat();
    await page.keyboard.press("n");
    await page.getByRole("textbox", { name: "Note" }).fill("of both");
    await page.getByRole("button", { name: "Add the note" }).click();
    await until(page, "both are noted", async () => (await notes()).length === 2);
    await page.getByText("Added a note to 2 runs").waitFor();
    await page
      .getByRole("dialog")
      .filter({ hasText: "Added a note to 2 runs" })
      .getByRole("button", { name: "Undo" })
      .click();
    await until(page, "none is noted", async () => (await notes()).length === 0);

    await page.keyboard.press("Delete");
    await page.getByText("6 runs", { exact: true }).waitFor();
    await visit.open("/experiments/1?tab=table&trash=1");
    await row(page, "a-7").getByRole("checkbox").check();
    await page.getByRole("button", { name: "Purge" }).click();
    const dialog = page.getByRole("dialog", { name: "Purge 1 run for good?" });
    await dialog.getByRole("button", { name: "Cancel" }).last().click();
    await row(page, "a-7").waitFor();
    await page.getByRole("button", { name: "Purge" }).click();
    await dialog.getByRole("button", { name: "Purge" }).click();
    await row(page, "a-7").waitFor({ state: "detached" });
    await row(page, "a-6").waitFor();
    const gone = items.find(({ name }) => name === "a-7");
    await assert.rejects(client.runs.get(gone?.id ?? ""), { code: "not_found" });
  });
});
