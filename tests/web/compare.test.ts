// Runs side by side: what the table marks must be what differs, and whatever was chosen must be in the address.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createClient } from "@cairn/client";
import type { Page } from "playwright-core";
import { browserWorld, PHONE } from "../support/browser.ts";
import { checkWidth } from "./support/check-width.ts";

const EVIL = `<img src=x onerror="window.ran=1"></script><script>window.ran=1</script>`;
const ids: string[] = [];
let deleted = "";

async function fill(url: string): Promise<void> {
  const client = createClient(url);
  const experiment = (await client.experiments.create({ name: "digits" })).id;
  const add = async (name: string, lr: number, seed: number, points: Readonly<Record<string, number>>) => {
    const parameters = [
      { group: "optimizer", key: "lr", value: lr },
      { key: "seed", value: seed },
      { key: "epochs", value: 10 },
      { key: EVIL, value: `${EVIL}${seed}` },
      { key: "link", value: `javascript:window.ran=${seed}` },
    ];
    const tags = { team: "vision", [EVIL]: `${EVIL}${seed}` };
    const run = await client.runs.create({ experiment, name, parameters, tags, labels: [`${EVIL}${seed}`] });
    await log(url, run.id, points, 1);
    return run.id;
  };
  ids.push(await add("base", 0.1, 1, { "val/loss": 0.4, "val/acc": 0.8, "train/lr": 0.1, alpha: 1 }));
  ids.push(await add(`second ${EVIL}`, 0.01, 2, { "val/loss": 0.2, "val/acc": 0.9, "train/lr": 0.01, alpha: 2 }));
  ids.push(await add("第三次 🎉", 0.001, 3, { "val/loss": Number.NaN, "val/acc": 0.7, "train/lr": 0.001 }));
  deleted = await add("left", 0.5, 4, { "val/loss": 0.9 });
  await client.runs.delete(deleted);
}

async function log(url: string, run: string, values: Readonly<Record<string, number>>, step: number): Promise<void> {
  const keys = Object.keys(values);
  const points = {
    keys,
    counts: Uint32Array.from(keys, () => 1),
    steps: Float64Array.from(keys, () => step),
    times: Float64Array.from(keys, () => 1_700_000_000_000 + step),
    values: Float64Array.from(Object.values(values)),
    batches: null,
  };
  await createClient(url).runs.log(run, { points });
}

const world = browserWorld({ fill });
const address = (more = "", runs: readonly string[] = ids) => `/compare?runs=${runs.join(",")}${more}`;
/** The texts of a row's cells, one for each run. */
const cells = (page: Page, name: string) =>
  page
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader", { name, exact: true }) })
    .getByRole("cell");
const metricRow = (page: Page, name: string) =>
  page
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader", { name: new RegExp(`^${name}`) }) })
    .getByRole("cell");

describe("a comparison's table", () => {
  it("shows what differs, marks the best, and gives percents where they say something", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open(address());
    await page.getByRole("rowheader", { name: "optimizer/lr" }).waitFor();
    assert.equal(await page.getByRole("rowheader", { name: "epochs" }).count(), 0);
    assert.deepEqual(
      await cells(page, "seed").allInnerTexts(),
      ["1", "2\n, differs from the baseline", "3\n, differs from the baseline"].map((text) => text),
    );
    const loss = await metricRow(page, "val/loss").allInnerTexts();
    assert.match(loss[1] ?? "", /−50%[\s\S]*★ 0\.2[\s\S]*best/);
    assert.match(loss[2] ?? "", /NaN/);
    assert.match((await metricRow(page, "val/acc").allInnerTexts())[1] ?? "", /\+12%[\s\S]*★ 0\.9/);
    assert.doesNotMatch((await metricRow(page, "train/lr").allInnerTexts()).join(""), /%|★/);
    assert.equal(await page.evaluate("window.ran"), undefined);
    assert.equal(await page.locator('a[href^="javascript:"]').count(), 0);
    await visit.checkAccess();
  });

  it("keeps baseline, filter, all rows and the reader's word on a metric in the address", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open(address());
    await page.getByRole("button", { name: "Make 第三次 🎉 the baseline" }).click();
    await page.waitForURL(/baseline=/);
    await page.getByRole("switch", { name: "Differences only" }).click();
    await page.getByRole("rowheader", { name: "epochs" }).waitFor();
    assert.doesNotMatch((await metricRow(page, "alpha").allInnerTexts()).join(""), /★/);
    await page.getByRole("button", { name: /^alpha: its name does not tell/ }).click();
    await page.getByRole("button", { name: /^alpha: more is better/ }).click();
    await page.getByRole("button", { name: /^alpha: less is better/ }).waitFor();
    await page.getByRole("searchbox", { name: "Filter rows" }).fill("alp");
    await page.getByText("1 of 14 rows").waitFor();
    await page.reload();
    await page.getByText("1 of 14 rows").waitFor();
    assert.match((await metricRow(page, "alpha").allInnerTexts())[0] ?? "", /★ 1/);
    const head = page.getByRole("columnheader", { name: /第三次/ });
    await head.getByText("Baseline").waitFor();
    await page.getByRole("button", { name: "Leave base out" }).click();
    await page.getByRole("link", { name: "base", exact: true }).waitFor({ state: "detached" });
    // The baseline stays who it was, though another run left.
    await head.getByText("Baseline").waitFor();
  });

  it("copies its link", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await visit.context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await visit.open(address("&tab=scatter"));
    await page.getByRole("button", { name: "Copy link" }).click();
    await page.getByText("The link is on the clipboard.").waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), page.url());
  });

  it("follows what a run under way logs", world.needs, async () => {
    await using visit = await world.visit();
    await visit.open(address());
    await metricRow(visit.page, "val/acc").getByText("0.9").waitFor();
    await log(world.cairn.url, ids[0] ?? "", { "val/acc": 0.95 }, 2);
    await metricRow(visit.page, "val/acc").getByText("0.95").waitFor();
  });

  it("says which runs are deleted, which are not there, and what to do when there is none", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open(address("", [...ids, deleted, "f".repeat(32)]));
    await page.getByRole("columnheader", { name: /left/ }).getByText("deleted", { exact: true }).waitFor();
    await page.getByRole("alert").getByText("Not found, and left out: ffffffff").waitFor();
    await visit.open(address("", ["f".repeat(32)]));
    await page.getByRole("heading", { name: "None of these runs is here" }).waitFor();
    for (const nonsense of ["/compare", "/compare?runs=%3Cb%3E,..&better=%7B&kept=1&axes=%5B&tab=no"]) {
      await visit.open(nonsense);
      await page.getByRole("heading", { name: "Nothing to compare yet" }).waitFor();
    }
    const many = Array.from({ length: 60 }, (_, index) => index.toString(16).padStart(32, "0"));
    await visit.open(address("", [...ids, ...many]));
    await page.getByText("At most fifty are compared: 13 more of the address are left out.").waitFor();
    await visit.checkAccess();
  });

  it("says so in place when the server does not answer, and goes on when it does", world.needs, async () => {
    await using visit = await world.visit({ expect: [/ERR_/] });
    await visit.context.route("**/api/v1/**", (route) => route.abort());
    await visit.open(address());
    await visit.page.getByRole("alert").getByText("The runs could not be read").waitFor();
    await visit.context.unroute("**/api/v1/**");
    await visit.page.getByRole("button", { name: "Try again" }).click();
    await visit.page.getByRole("rowheader", { name: "optimizer/lr" }).waitFor();
  });
});

describe("a comparison drawn", () => {
  it(
    "keeps a range of an axis by keyboard, in the address, and goes on with the runs within",
    world.needs,
    async () => {
      await using visit = await world.visit();
      const { page } = visit;
      await visit.open(address());
      await page.getByRole("tab", { name: "Table" }).focus();
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("Enter");
      await page.waitForURL(/tab=parallel/);
      await page.getByText("3 of 3 runs within").waitFor();
      const axis = page.getByRole("slider", { name: "val/acc" });
      await axis.focus();
      for (let step = 0; step < 3; step++) await page.keyboard.press("ArrowUp");
      await page.getByText("2 of 3 runs within").waitFor();
      assert.match((await axis.getAttribute("aria-valuetext")) ?? "", /^0\.73\d* – 0\.95$/);
      await page.waitForURL(/kept=/);
      await page.reload();
      await page.getByText("2 of 3 runs within").waitFor();
      await visit.checkAccess();
      await axis.focus();
      await page.keyboard.press("Escape");
      await page.getByText("3 of 3 runs within").waitFor();
      for (let step = 0; step < 3; step++) await page.keyboard.press("ArrowUp");
      await page.getByRole("button", { name: "Compare only these" }).click();
      await page.getByText("2 runs side by side").waitFor();
      assert.equal(new URL(page.url()).searchParams.get("kept"), null);
    },
  );

  it("puts any two columns against each other, and remembers which", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open(address("&tab=scatter"));
    await page.getByRole("group", { name: "optimizer/lr across, val/loss up" }).waitFor();
    await page.getByLabel("Up", { exact: true }).selectOption({ label: "val/acc" });
    await page.getByRole("group", { name: "optimizer/lr across, val/acc up" }).waitFor();
    await page.reload();
    await page.getByRole("group", { name: "optimizer/lr across, val/acc up" }).waitFor();
    assert.equal(await page.locator("svg[role=group] > path").count(), 3);
    await visit.checkAccess();
  });

  it("lays the charts over each other, or each run's for itself", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open(address("&tab=charts&metrics=acc"));
    await page.locator("canvas").first().waitFor();
    await page
      .getByRole("button", { name: "run", exact: true })
      .or(page.getByRole("radio", { name: "run", exact: true }))
      .click();
    await page.waitForURL(/by=run/);
    await page.getByRole("heading", { level: 2, name: "第三次 🎉" }).waitFor();
    assert.match(page.url(), /metrics=acc/);
    assert.equal(await page.evaluate("window.ran"), undefined);
  });
});

describe("a comparison on a phone, in the dark, in Chinese", () => {
  it("never overflows sideways, and is accessible", world.needs, async () => {
    await using visit = await world.visit({ locale: "zh-CN", colorScheme: "dark", viewport: PHONE });
    for (const tab of ["table", "charts", "parallel", "scatter"]) {
      await visit.open(address(`&tab=${tab}`));
      await visit.page.getByRole("tab", { name: "平行坐标" }).waitFor();
      await visit.page.getByRole("tabpanel").locator("table, canvas, svg").first().waitFor();
      await checkWidth(visit.page);
      await visit.checkAccess();
    }
  });
});
