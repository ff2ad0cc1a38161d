import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, it } from "node:test";
import { type Client, createClient } from "@cairn/client";
import { packPoints } from "@cairn/core";
import type { Page } from "playwright-core";
import { browserWorld, PHONE } from "../support/browser.ts";

/** What would run if a name became markup. */
const EVIL = '<img src=x onerror="document.title=`owned`">';
let client: Client;
let experiment = 0;
let running = "";

const world = browserWorld({
  fill: async (url) => {
    client = createClient(url);
    ({ id: experiment } = await client.experiments.create({ name: "curves" }));
    for (const name of ["first", EVIL]) {
      const { id } = await client.runs.create({ experiment, name });
      await log(id, 0, 3000);
      running = id;
    }
  },
});

/** Some metrics of a run, from step to step; one of them meets NaN and Infinity. */
async function log(run: string, from: number, to: number): Promise<void> {
  const points = Array.from({ length: to - from }, (_, i) => {
    const step = from + i;
    const odd = step === 700 ? Number.NaN : step === 900 ? Number.POSITIVE_INFINITY : 1 / (1 + step);
    return [
      { key: "train/loss", value: odd },
      { key: "val/loss", value: 1.2 / (1 + step) },
      { key: `aux/${EVIL}`, value: step },
    ].map((point) => ({ ...point, step, time: 1_700_000_000_000 + step * 1000 }));
  }).flat();
  await client.runs.log(run, { points: packPoints(points) });
}

const address = (more = "") => `/experiments/${experiment}?tab=charts${more}`;
const plotOf = (page: Page, name: string) => page.getByRole("slider", { name: `Chart of ${name}`, exact: true });
const chartOf = (page: Page, name: string) => page.getByRole("figure", { name, exact: true });

describe("charts", () => {
  it("show train and validation of a metric in one, and how much of the record they show", world.needs, async () => {
    await using visit = await world.visit();
    await visit.open(address());
    const chart = chartOf(visit.page, "loss");
    await chart.getByText(/shows [\d,]+ of 12,000 points/).waitFor();
    for (const word of ["first", "train", "val", "NaN", "Infinity"])
      await chart.getByText(word, { exact: true }).waitFor();
    assert.notEqual(await visit.page.title(), "owned");
  });

  it("read out values by the keyboard alone, zoom to single points, and come back", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open(address());
    await chartOf(page, "loss").getByText(/shows/).waitFor();
    const plot = plotOf(page, "loss");
    await plot.focus();
    await page.keyboard.press("Home");
    assert.match((await plot.getAttribute("aria-valuetext")) ?? "", /^Step .*: .*first/);
    const before = await plot.getAttribute("aria-valuenow");
    await page.keyboard.press("ArrowRight");
    assert.notEqual(await plot.getAttribute("aria-valuenow"), before);
    for (let i = 0; i < 5; i++) {
      const zoom = new URL(page.url()).searchParams.get("zoom");
      await page.keyboard.press("+");
      await page.waitForFunction((old) => new URL(location.href).searchParams.get("zoom") !== old, zoom);
    }
    await chartOf(page, "loss")
      .getByText(/^[\d,]+ points/)
      .waitFor();
    await page.reload();
    await page.getByRole("button", { name: "Reset zoom" }).click();
    await chartOf(page, "loss")
      .getByText(/of 12,000 points/)
      .waitFor();
  });

  it("pin what is pointed at until Escape, and zoom by dragging", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open(address());
    await chartOf(page, "loss").getByText(/shows/).waitFor();
    const plot = plotOf(page, "loss");
    const box = await plot.boundingBox();
    assert.ok(box !== null);
    await plot.click({ position: { x: box.width / 2, y: box.height / 2 } });
    await page.getByRole("button", { name: "Unpin" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Unpin" }).waitFor({ state: "detached" });
    await page.mouse.move(box.x + box.width * 0.4, box.y + 40);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, box.y + 60, { steps: 4 });
    await page.mouse.up();
    await page.getByRole("button", { name: "Reset zoom" }).waitFor();
    await plot.dblclick({ position: { x: box.width / 2, y: 40 } });
    await page.getByRole("button", { name: "Reset zoom" }).waitFor({ state: "detached" });
  });

  it("grow with a training, by its new points alone", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open(address("&metrics=loss"));
    await chartOf(page, "loss")
      .getByText(/of 12,000 points/)
      .waitFor();
    const asked: { readonly from?: number }[] = [];
    page.on("request", (request) => {
      if (request.url().endsWith("/series/buckets")) asked.push(request.postDataJSON());
    });
    await log(running, 3000, 3100);
    await chartOf(page, "loss")
      .getByText(/of 12,200 points/)
      .waitFor();
    assert.ok(asked.length > 0 && asked.every((body) => JSON.stringify(body).includes('"from":2')));
  });

  it("enlarge one, walk to the next, and tell values as a table", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open(address());
    await chartOf(page, "loss")
      .getByText(/points/)
      .waitFor();
    await plotOf(page, "loss").focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("heading", { name: "loss" }).waitFor();
    await dialog.getByRole("tab", { name: "Values" }).click();
    await dialog.getByRole("rowheader", { name: /first/ }).first().waitFor();
    await visit.checkAccess();
    await page.keyboard.press("]");
    await dialog.getByRole("heading", { name: EVIL }).waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
  });

  it("are saved as picture, drawing and numbers", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open(address());
    await chartOf(page, "loss")
      .getByText(/points/)
      .waitFor();
    const starts = { PNG: "\u{fffd}PNG", SVG: "<svg ", CSV: "run_id,run," };
    for (const [form, start] of Object.entries(starts)) {
      await page.getByRole("button", { name: "loss: save, values" }).click();
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("menuitem", { name: `Save as ${form}` }).click(),
      ]);
      assert.equal(download.suggestedFilename(), `loss.${form.toLowerCase()}`);
      assert.ok((await readFile(await download.path(), "utf8")).startsWith(start));
    }
  });

  it("keep to the address what was chosen, and speak Chinese", world.needs, async () => {
    await using visit = await world.visit({ locale: "zh-CN" });
    const { page } = visit;
    await visit.open(address("&x=time&log=y&smooth=0.6&metrics=loss"));
    await page.getByText(/个点/).first().waitFor();
    assert.equal(await page.getByRole("combobox", { name: "横轴" }).inputValue(), "time");
    assert.ok(await page.getByRole("checkbox", { name: "对数坐标" }).isChecked());
    assert.equal(await page.getByRole("slider", { name: "平滑" }).inputValue(), "0.6");
    assert.equal(await page.getByRole("figure").count(), 1);
  });

  it("say what is missing, and what went wrong with a way on", world.needs, async () => {
    await using visit = await world.visit({ expect: [/500|Failed to load/] });
    const { page } = visit;
    await page.route("**/series/buckets", (route) =>
      route.fulfill({
        status: 500,
        contentType: "application/json",
        body: '{"error":{"code":"internal","message":"Internal error"}}',
      }),
    );
    await visit.open(address("&metrics=loss"));
    await chartOf(page, "loss").getByRole("alert").waitFor();
    await page.unroute("**/series/buckets");
    await chartOf(page, "loss").getByRole("button", { name: "Try again" }).click();
    await chartOf(page, "loss")
      .getByText(/points/)
      .waitFor();
    await page.getByRole("searchbox", { name: "Filter metrics" }).fill("no such metric");
    await page.getByText("No metric fits the filter").waitFor();
  });

  it("can be read by everybody, on a phone too", world.needs, async () => {
    for (const visitor of [{}, { colorScheme: "dark", viewport: PHONE }] as const) {
      await using visit = await world.visit(visitor);
      await visit.open(address());
      await chartOf(visit.page, "loss")
        .getByText(/points/)
        .waitFor();
      await visit.checkAccess();
      assert.ok(await visit.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    }
  });
});
