import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Client, createClient } from "@cairn/client";
import type { Page } from "playwright-core";
import { browserWorld, PHONE } from "../support/browser.ts";

const XSS = `<img src=x onerror="window.ran=1"><b>'"\`&`;
const COUNT = 260;

/** 0 is Default and empty; 1 has 260 runs; 2 has what wants to become script; 3 is where trainings begin. */
async function fill(url: string): Promise<void> {
  const client = createClient(url);
  const digits = await client.experiments.create({
    name: "digits",
    description: "Reads digits.",
    tags: { team: "vision" },
  });
  for (let index = 0; index < COUNT; index++) {
    await addRun(client, digits.id, `run-${String(index).padStart(3, "0")}`, {
      lr: [0.1, 0.01, 0.001][index % 3] as number,
      loss: 1 + (index % 100) / 100,
      model: index % 2 === 0 ? "mlp" : "cnn",
    });
  }
  const evil = await client.experiments.create({ name: XSS, description: XSS, tags: { [XSS]: XSS } });
  const run = await client.runs.create({
    experiment: evil.id,
    name: XSS,
    parameters: [
      { key: XSS, value: XSS },
      { key: "model", value: XSS },
    ],
    tags: { [XSS]: XSS },
    labels: [XSS],
  });
  await client.runs.log(run.id, { points: pointsOf(XSS, 1) });
  await client.runs.create({ experiment: evil.id, name: "other", parameters: [{ key: XSS, value: "b" }] });
  await client.experiments.create({ name: "live" });
}

interface Values {
  readonly lr: number;
  readonly loss: number;
  readonly model: string;
}

async function addRun(client: Client, experiment: number, name: string, { lr, loss, model }: Values): Promise<string> {
  const run = await client.runs.create({
    experiment,
    name,
    state: "finished",
    parameters: [
      { key: "lr", value: lr },
      { group: "model", key: "type", value: model },
    ],
  });
  await client.runs.log(run.id, { points: pointsOf("val/loss", loss) });
  return run.id;
}

function pointsOf(key: string, value: number, step = 1) {
  const one = (number: number) => new Float64Array([number]);
  return {
    keys: [key],
    counts: new Uint32Array([1]),
    steps: one(step),
    times: one(1e12 + step),
    values: one(value),
    batches: null,
  };
}

const world = browserWorld({ fill });

const grid = (page: Page) => page.getByRole("grid", { name: /Runs|训练列表/ });
const row = (page: Page, name: string) => grid(page).getByRole("row").filter({ hasText: name });
const names = async (page: Page) => grid(page).locator("[data-row] a").allTextContents();
const shownRows = (page: Page) =>
  grid(page)
    .locator("[data-row]")
    .evaluateAll((rows) => rows.map((each) => Number(each.dataset["row"])));
const search = (page: Page) => new URL(page.url()).searchParams;

/** Waits until the page says so. */
async function until(page: Page, what: string, holds: () => Promise<boolean> | boolean): Promise<void> {
  for (let turn = 0; turn < 200; turn++) {
    if (await holds()) return;
    await page.waitForTimeout(50);
  }
  assert.fail(`it never came to be that ${what}`);
}

describe("the runs of an experiment", () => {
  it("stand in a table beside their charts, newest first, and only those in sight exist", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open("/experiments/1");
    await row(page, "run-259").waitFor();
    await page.getByText("260 runs").waitFor();
    await page.getByRole("heading", { name: "loss" }).first().waitFor();
    assert.ok((await grid(page).locator("[data-row]").count()) < 60);
    assert.equal(await grid(page).getAttribute("aria-rowcount"), String(COUNT + 1));
    await grid(page).focus();
    await page.keyboard.press("Control+End");
    await row(page, "run-000").waitFor();
  });

  it("are asked for before they come into sight", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open("/experiments/1?tab=table");
    await row(page, "run-259").waitFor();
    const asked = page.waitForRequest((request) => /"offset":100\b/.test(request.postData() ?? ""));
    await grid(page).evaluate((box) => box.scrollTo({ top: 40 * 34 }));
    await asked;
    assert.ok(Math.max(...(await shownRows(page))) < 100);
  });

  // An element taken out and put in again is styled anew with all its cells: that was half of the time of each frame.
  it("fly by as the same elements, and rest in the order in which they are read", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open("/experiments/1?tab=table");
    await row(page, "run-259").waitFor();
    const top = Math.max(...(await shownRows(page)));
    assert.equal(await page.evaluate<number>(`(${COUNT_MOVES})(20, 80)`), 0);
    await until(page, "the rows rest in their order", async () => {
      const rows = await shownRows(page);
      return Math.min(...rows.slice(1)) > top && rows.every((row, at) => at === 0 || row > (rows[at - 1] as number));
    });
  });

  it(
    "are sorted by a header, found by name and by a query, and the address restores all of it",
    world.needs,
    async () => {
      await using visit = await world.visit();
      const { page } = visit;
      await visit.open("/experiments/1?tab=table");
      await row(page, "run-259").waitFor();
      await grid(page).getByRole("columnheader", { name: "val/loss" }).locator("span").first().click();
      await until(page, "the least loss is first", async () => /run-(000|100|200)/.test((await names(page))[0] ?? ""));
      await page.getByRole("searchbox", { name: "Filter by name" }).fill("run-1");
      await page.getByText("100 runs").waitFor();
      const query = page.getByRole("combobox", { name: "Query" });
      await query.fill("model/ty");
      await page.getByRole("option", { name: /params.model\/type/ }).click();
      await query.press("End");
      await query.pressSequentially("= 'cnn' ");
      await page.getByText("50 runs").waitFor();
      const { href } = new URL(page.url());
      await page.goto("about:blank");
      await page.goto(href);
      await page.getByText("50 runs").waitFor();
      await until(page, "the order is the same", async () => (await names(page))[0] === "run-101");
      assert.equal(await page.getByRole("searchbox", { name: "Filter by name" }).inputValue(), "run-1");
    },
  );

  it("say in place what is wrong with a query, and how there is none", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open("/experiments/1?tab=table");
    await row(page, "run-259").waitFor();
    const query = page.getByRole("combobox", { name: "Query" });
    await query.fill("nmae = 'x'");
    await query.press("Enter");
    await page.getByRole("alert").filter({ hasText: "Did you mean name?" }).waitFor();
    assert.equal(await query.getAttribute("aria-invalid"), "true");
    await row(page, "run-259").waitFor();
    await query.fill("name = 'x'");
    await query.press("Enter");
    await page.getByRole("heading", { name: "No run matches" }).waitFor();
    await page.getByRole("button", { name: "Show all runs" }).click();
    await row(page, "run-259").waitFor();
    await visit.open("/experiments/0");
    await page.getByRole("heading", { name: "No runs yet" }).waitFor();
  });

  it("are deleted with undo, and wait in the trash", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open("/experiments/1?tab=table&name=run-25");
    await row(page, "run-259").getByRole("checkbox").check();
    await row(page, "run-258").getByRole("checkbox").check();
    await page.getByRole("button", { name: "Delete, with undo" }).click();
    await page.getByText("8 runs", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await page.getByText("10 runs", { exact: true }).waitFor();
    await row(page, "run-257").getByRole("checkbox").check();
    await page.keyboard.press("Delete");
    await page.getByText("9 runs", { exact: true }).waitFor();
    await visit.open("/experiments/1?tab=table&trash=1");
    await row(page, "run-257").getByRole("checkbox").check();
    await page.getByRole("button", { name: "Restore" }).click();
    await page.getByRole("heading", { name: "The trash is empty" }).waitFor();
  });

  it("are labelled many at a time, which undo takes back", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    const client = createClient(world.cairn.url);
    const count = async () => (await client.runs.search({ filter: "label = 'good'", count: true, limit: 1 })).total;
    await visit.open("/experiments/1?tab=table&name=run-0");
    await row(page, "run-099").waitFor();
    await page.getByRole("checkbox", { name: "Select all runs" }).click();
    await page.getByText("100 selected").waitFor();
    await page.keyboard.press("l");
    await page.getByRole("textbox", { name: "Label" }).fill("good");
    await page.keyboard.press("Enter");
    await until(page, "all have it", async () => (await count()) === 100);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await until(page, "none has it", async () => (await count()) === 0);
  });

  it("stand in groups that open lazily", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open("/experiments/1?tab=table&group=params.model/type");
    const head = page.getByRole("button", { name: /mlp/ });
    await head.waitFor();
    assert.equal((await names(page)).length, 0);
    await head.click();
    await row(page, "run-258").waitFor();
    assert.ok((await names(page)).every((name) => Number(name.slice(4)) % 2 === 0));
  });

  it("have columns that are chosen, moved, pinned and resized, kept in a view for others", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open("/experiments/1?tab=table");
    await row(page, "run-259").waitFor();
    await page.getByRole("button", { name: "Columns" }).click();
    await page.getByRole("searchbox", { name: "Search columns" }).fill("author");
    await page.getByRole("checkbox", { name: "Author" }).check();
    await page.keyboard.press("Escape");
    await grid(page).getByRole("columnheader", { name: "Author" }).waitFor();
    await grid(page).focus();
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Control+Shift+ArrowRight");
    await until(page, "State stands third", () =>
      /^!name,metrics\.val\/loss,state/.test(search(page).get("columns") ?? ""),
    );
    await page.keyboard.press("Shift+ArrowRight");
    await until(page, "State is wider", () => /state~180/.test(search(page).get("columns") ?? ""));
    await page.keyboard.press("Control+s");
    await page.getByRole("textbox", { name: "Name" }).last().fill("Mine");
    await page.keyboard.press("Enter");
    await page.getByText("Saved the view Mine").waitFor();
    await using other = await world.visit();
    await other.open("/experiments/1?tab=table");
    await other.page.getByRole("button", { name: "Views" }).click();
    await other.page.getByRole("menuitemcheckbox", { name: "Mine" }).click();
    await grid(other.page).getByRole("columnheader", { name: "Author" }).waitFor();
    assert.match(search(other.page).get("columns") ?? "", /state~180/);
  });

  it("appear by themselves as trainings begin, and follow them", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    const client = createClient(world.cairn.url);
    await visit.open("/experiments/3?tab=table");
    await page.getByRole("heading", { name: "No runs yet" }).waitFor();
    const run = await client.runs.create({ experiment: 3, name: "newborn" });
    await row(page, "newborn").waitFor();
    await client.runs.log(run.id, { points: pointsOf("loss", 0.75) });
    await visit.open("/experiments/3?tab=table&columns=name,metrics.loss");
    await row(page, "0.75").waitFor();
    await client.runs.log(run.id, { points: pointsOf("loss", 0.125, 2) });
    await row(page, "0.125").waitFor();
    await client.runs.update(run.id, { state: "finished", name: "grown" });
    await row(page, "grown").waitFor();
  });

  it("are chosen and compared with keys alone", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open("/experiments/1?tab=table");
    await row(page, "run-259").waitFor();
    for (const key of ["j", "x", "j", "x", "e"]) await page.keyboard.press(key);
    await page.getByText("2 selected").waitFor();
    await until(page, "an eye is shut", () => search(page).get("hidden") !== null);
    await page.keyboard.press("c");
    await until(page, "they are compared", () => new URL(page.url()).pathname === "/compare");
    assert.equal(search(page).get("runs")?.split(",").length, 2);
  });

  it("are told apart from script, in every text", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open(
      `/experiments/2?q=${encodeURIComponent(`name != '${XSS.replaceAll("'", "''")}' OR starred = false`)}&name=`,
    );
    await row(page, "other").waitFor();
    await page.getByRole("button", { name: "Columns" }).click();
    await page.getByRole("group", { name: /Tags/ }).waitFor();
    await page.keyboard.press("Escape");
    await visit.open(`/experiments/2?group=params.model`);
    await page
      .getByRole("button", { name: /onerror/ })
      .first()
      .click();
    await row(page, "onerror").first().waitFor();
    assert.equal(await page.evaluate(() => (window as unknown as { ran?: number }).ran), undefined);
    assert.equal(await page.locator("main img").count(), 0);
  });

  it("can be used by everybody: no fault in either theme, in both languages, on a phone", world.needs, async () => {
    for (const visitor of [
      {},
      { colorScheme: "dark" },
      { locale: "zh-CN", viewport: PHONE, colorScheme: "dark" },
    ] as const) {
      await using visit = await world.visit(visitor);
      const { page } = visit;
      // Few rows: axe looks at every cell, and they are all alike.
      await visit.open("/experiments/1?name=run-25");
      await row(page, "run-259").waitFor();
      await page.waitForTimeout(300);
      await visit.checkAccess();
      if ("locale" in visitor) await page.getByText("10 个训练").waitFor();
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      assert.equal(overflow, 0);
      await row(page, "run-259").getByRole("checkbox").check();
      await page.getByRole("toolbar").waitFor();
      await visit.checkAccess("[role=toolbar]");
    }
  });

  it("belong to an experiment that is edited, and deleted with undo", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    const client = createClient(world.cairn.url);
    const { id } = await client.experiments.create({ name: "passing" });
    await visit.open(`/experiments/${id}`);
    await page.getByRole("button", { name: "What to do with the experiment" }).click();
    await page.getByRole("menuitem", { name: /Edit/ }).click();
    await page.getByRole("textbox", { name: "Name" }).last().fill("lasting");
    await page.getByRole("textbox", { name: "Description" }).fill("It stays.");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("heading", { name: "lasting" }).waitFor();
    await page.getByText("It stays.").waitFor();
    await page.getByRole("button", { name: "What to do with the experiment" }).click();
    await page.getByRole("menuitem", { name: "Delete the experiment" }).click();
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await until(page, "it is there again", async () => (await client.experiments.get(id)).deletedAt === null);
  });
});

/**
 * Runs in the page: how often rows came or went while the table was scrolled, from one frame of it to another. A frame so late
 * that the table took it for rest does not count, nor do the two behind it.
 */
const COUNT_MOVES = `async (from, to) => {
  const grid = document.querySelector("[role=grid]");
  let records = 0;
  const observer = new MutationObserver((those) => { records += those.length; });
  observer.observe(grid.querySelector("[data-row]").parentElement, { childList: true });
  let moves = 0;
  let late = 0;
  let last = performance.now();
  for (let frame = 0; frame < to; frame++) {
    grid.scrollTop += 60;
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    late = now - last > 100 ? 3 : late - 1;
    last = now;
    if (frame >= from && late <= 0) moves += records;
    records = 0;
  }
  observer.disconnect();
  if (grid.scrollTop < 60 * from) throw new Error("the table does not scroll");
  return moves;
}`;
