// test-timeout: 300 s
// The tracker: what it saves must be read by others as it was logged. An export that rounds, drops or shifts is worse than none.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { createClient } from "@cairn/client";
import { tableFromIPC } from "apache-arrow";
import type { Page } from "playwright-core";
import { browserWorld, PHONE } from "../support/browser.ts";
import { spawnCommand } from "../support/command.ts";
import { pythonEnv } from "../support/python.ts";
import { checkWidth } from "./support/check-width.ts";

const EVIL = `<img src=x onerror="window.ran=1"></script><script>window.ran=1</script>`;
const NAMES = ["plain", "第一次 🎉", 'say "hi", then\ngo', EVIL];
const world = browserWorld();
const client = () => createClient(world.cairn.url);
const folder = mkdtempSync(join(tmpdir(), "cairn-tracker-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Four runs: the `index`th has all that those before it lack. */
async function fill(): Promise<void> {
  const experiment = (await client().experiments.create({ name: "digits" })).id;
  const values = [0.1 + 0.2, Number.NaN, Number.NEGATIVE_INFINITY, undefined];
  for (const [index, name] of NAMES.entries()) {
    const parameters = [
      { group: "opt", key: "lr", value: 1e-7 / 3 },
      { key: "flag", value: index % 2 === 0 },
      { key: "mixed", value: index === 0 ? 12345678.9 : "auto" },
      { key: EVIL, value: "javascript:window.ran=1" },
    ].slice(0, index === 3 ? 1 : 4);
    const run = await client().runs.create({ experiment, name, parameters, labels: index === 1 ? ["a", EVIL] : [] });
    const value = values[index];
    if (value !== undefined) await log(run.id, "val/loss", value, 1);
  }
}

async function log(run: string, key: string, value: number, step: number): Promise<void> {
  const one = (number: number) => Float64Array.of(number);
  const points = {
    keys: [key],
    counts: Uint32Array.of(1),
    steps: one(step),
    times: one(1_700_000_000_000),
    values: one(value),
    batches: null,
  };
  await client().runs.log(run, { points });
}

async function save(page: Page, format: RegExp): Promise<string> {
  await page.getByRole("button", { name: "Export" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: format }).click(),
  ]);
  const path = join(folder, download.suggestedFilename());
  await download.saveAs(path);
  await page.getByText(`${download.suggestedFilename()}: 4 runs`).waitFor();
  return path;
}

type Row = Readonly<Record<string, unknown>>;

/** Holds a table, however it was saved, against what was logged. NaN and infinities by their names; times in ms. */
async function checkRows(rows: readonly Row[]): Promise<void> {
  const runs = (await client().runs.search({ order: "created ASC", limit: 10 })).items;
  const of = (name: string) => rows.map((row) => row[name]);
  assert.deepEqual(
    of("id"),
    runs.map(({ id }) => id),
  );
  assert.deepEqual(of("name"), NAMES);
  assert.deepEqual(
    of("created"),
    runs.map(({ createdAt }) => createdAt),
  );
  assert.deepEqual(of("params.opt/lr"), Array(4).fill(1e-7 / 3));
  assert.deepEqual(of("params.flag"), [true, false, true, null]);
  assert.deepEqual(of("params.mixed"), ["12345678.9", "auto", "auto", null]);
  assert.deepEqual(of("metrics.val/loss"), [0.1 + 0.2, "NaN", "-Infinity", null]);
  assert.deepEqual(of("labels"), [null, `${EVIL}, a`, null, null]);
}

/** Runs a reader in Python, which prints rows as JSON. */
async function readByPython(code: string, path: string): Promise<readonly Row[]> {
  const { python } = await pythonEnv();
  const { status, stdout, output } = await spawnCommand([python, "-c", `${PYTHON}\n${code}`, path]).ended;
  assert.equal(status, 0, output);
  return JSON.parse(stdout);
}

const PYTHON = `
import csv, json, math, sys, datetime
def plain(value):
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, datetime.datetime):
        return round(value.replace(tzinfo=datetime.timezone.utc).timestamp() * 1000)
    return value
def show(rows):
    print(json.dumps([{key: plain(value) for key, value in row.items()} for row in rows]))
`;

describe("the tracker without runs", () => {
  it("says what to do", world.needs, async () => {
    await using visit = await world.visit();
    await visit.open("/tracker");
    await visit.page.getByRole("heading", { name: "No run yet" }).waitFor();
    await visit.checkAccess();
    await fill();
    // What was logged meanwhile is there by itself.
    await visit.page.getByRole("gridcell", { name: "第一次 🎉" }).waitFor();
  });
});

describe("the tracker's files", () => {
  it("are read by others as what was logged: CSV, JSON, Arrow, Parquet", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open("/tracker?order=created+ASC");
    await page.getByRole("gridcell", { name: "第一次 🎉" }).waitFor();

    const json: readonly Row[] = JSON.parse(readFileSync(await save(page, /^JSON/), "utf8"));
    await checkRows(json.map((row) => ({ ...row, created: Date.parse(String(row["created"])) })));

    const arrow = tableFromIPC(readFileSync(await save(page, /^Arrow/)));
    await checkRows(
      arrow.toArray().map((row) => {
        const cells = Object.entries(row.toJSON() as Row).map(([key, value]) => [key, plainOf(value)]);
        return Object.fromEntries(cells) as Row;
      }),
    );
    const viaPython = "import pyarrow.ipc; show(pyarrow.ipc.open_file(sys.argv[1]).read_all().to_pylist())";
    await checkRows(await readByPython(viaPython, join(folder, "runs.arrow")));

    const parquet = await save(page, /^Parquet/);
    await checkRows(
      await readByPython("import pyarrow.parquet; show(pyarrow.parquet.read_table(sys.argv[1]).to_pylist())", parquet),
    );

    const csv = await save(page, /^CSV/);
    const rows = await readByPython("show(csv.DictReader(open(sys.argv[1], newline='', encoding='utf-8')))", csv);
    await checkRows(rows.map(fromCsv));
    assert.deepEqual(visit.complaints, []);
  });

  it("hold what the filter leaves, and only the columns that are shown", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open(
      `/tracker?q=${encodeURIComponent("name = 'plain'")}&columns=${encodeURIComponent("!name,metrics.val/loss")}`,
    );
    await page.getByText("1 run", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Export" }).click();
    const waiting = page.waitForEvent("download");
    await page.getByRole("menuitem", { name: "CSV" }).click();
    const path = join(folder, "few.csv");
    await (await waiting).saveAs(path);
    assert.match(
      readFileSync(path, "utf8"),
      /^id,name,metrics\.val\/loss\r\n[0-9a-f]{32},plain,0\.30000000000000004\r\n$/,
    );
  });

  it("are made of no runs too", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open(`/tracker?q=${encodeURIComponent("name = 'nobody'")}`);
    await page.getByText("No run matches.").waitFor();
    for (const format of [/^Arrow/, /^Parquet/]) {
      await page.getByRole("button", { name: "Export" }).click();
      const waiting = page.waitForEvent("download");
      await page.getByRole("menuitem", { name: format }).click();
      const path = join(folder, `none-${(await waiting).suggestedFilename()}`);
      await (await waiting).saveAs(path);
    }
    assert.equal(tableFromIPC(readFileSync(join(folder, "none-runs.arrow"))).numRows, 0);
    const code = "import pyarrow.parquet; show(pyarrow.parquet.read_table(sys.argv[1]).to_pylist())";
    assert.deepEqual(await readByPython(code, join(folder, "none-runs.parquet")), []);
  });
});

/** A CSV has texts alone. */
function fromCsv(row: Row): Row {
  const text = (name: string) => (row[name] === "" ? null : String(row[name]));
  const number = (name: string) => {
    const value = text(name);
    return value === null || !Number.isFinite(Number(value)) ? value : Number(value);
  };
  return {
    ...row,
    created: Date.parse(String(row["created"])),
    "params.opt/lr": number("params.opt/lr"),
    "params.flag": text("params.flag") === null ? null : text("params.flag") === "true",
    "params.mixed": text("params.mixed"),
    "metrics.val/loss": number("metrics.val/loss"),
    labels: text("labels"),
  };
}

function plainOf(value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}

describe("the tracker's table", () => {
  it("shows a new run and a new value by itself, and runs nothing that was stored", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open("/tracker");
    await page.getByText("4 runs", { exact: true }).waitFor();
    const run = await client().runs.create({ experiment: 1, name: "just begun" });
    await page.getByText("5 runs", { exact: true }).waitFor();
    const row = page.getByRole("row", { name: /just begun/ });
    await row.waitFor();
    await log(run.id, "val/loss", 0.625, 1);
    await row.getByText("0.625").waitFor();
    await visit.checkAccess();
    assert.equal(await page.evaluate("window.ran"), undefined);
    assert.equal(await page.locator('a[href^="javascript:"]').count(), 0);
    await client().runs.delete(run.id);
    await page.getByText("4 runs", { exact: true }).waitFor();
  });

  it(
    "sorts, resizes, moves columns and opens a run by keyboard alone, and the address keeps it",
    world.needs,
    async () => {
      await using visit = await world.visit();
      const { page } = visit;
      await visit.open(`/tracker?columns=${encodeURIComponent("!name,state,params.opt/lr,metrics.val/loss")}`);
      const grid = page.getByRole("grid", { name: "All runs" });
      await page.getByRole("gridcell", { name: "plain" }).waitFor();
      await grid.focus();
      await page.keyboard.press("ArrowUp");
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("Shift+ArrowRight");
      await page.waitForURL(/params\.opt(\/|%2F)lr(~|%7E)\d+/);
      await page.keyboard.press("Control+Shift+ArrowRight");
      await page.waitForURL(/val(\/|%2F)loss(,|%2C)params/);
      await page.keyboard.press("ArrowLeft");
      await page.keyboard.press("Enter");
      await page.waitForURL(/order=/);
      await page.reload();
      await page.getByRole("gridcell", { name: "plain" }).waitFor();
      const heads = (await page.getByRole("columnheader").allInnerTexts()).map((text) =>
        text.trim().split("\n").at(-1),
      );
      assert.deepEqual(heads, ["Name", "State", "val/loss", "opt/lr"]);
      assert.match(
        (await page.getByRole("columnheader", { name: /val\/loss/ }).getAttribute("aria-sort")) ?? "",
        /ending/,
      );
      await grid.focus();
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/runs\/[0-9a-f]{32}/);
    },
  );

  it("lets columns be chosen by keyboard, and goes back to the usual ones", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open("/tracker");
    await page.getByRole("columnheader", { name: "State" }).waitFor();
    await page.keyboard.press("v");
    const dialog = page.getByRole("dialog", { name: "Columns" });
    await dialog.getByRole("searchbox").fill("state");
    await dialog.getByRole("checkbox", { name: "State" }).focus();
    await page.keyboard.press("Space");
    await page.getByRole("columnheader", { name: "State" }).waitFor({ state: "detached" });
    await page.waitForURL(/columns=/);
    await visit.checkAccess();
    await dialog.getByRole("button", { name: /usual/i }).click();
    await page.getByRole("columnheader", { name: "State" }).waitFor();
    await page.keyboard.press("Escape");
    assert.equal(new URL(page.url()).searchParams.get("columns"), null);
  });

  it("filters by a query, marks a wrong one, and survives nonsense in the address", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open("/tracker");
    await page.getByText("4 runs", { exact: true }).waitFor();
    await page.keyboard.press("q");
    await page.keyboard.type("params.flag = true");
    await page.keyboard.press("Enter");
    await page.getByText("2 runs", { exact: true }).waitFor();
    await page.waitForURL(/q=params/);
    await page.getByRole("combobox", { name: "Query" }).fill("params.flag = = 2");
    await page.keyboard.press("Enter");
    await page
      .getByRole("combobox", { name: "Query", exact: true })
      .and(page.locator('[aria-invalid="true"]'))
      .waitFor();
    await visit.open("/tracker?q=%29%29&order=%3Cb%3E&columns=,,~~%3Cimg%3E");
    await page.getByRole("combobox", { name: "Query" }).waitFor();
    await page.getByRole("heading", { level: 1, name: "Tracker" }).waitFor();
    await visit.open(`/tracker?q=${encodeURIComponent("name = 'nobody'")}`);
    await page.getByRole("button", { name: "Clear the filter" }).click();
    await page.getByText("4 runs", { exact: true }).waitFor();
  });

  it("says so in place when the server does not answer, and goes on when it does", world.needs, async () => {
    await using visit = await world.visit({ expect: [/ERR_/] });
    await visit.context.route("**/api/v1/**", (route) => route.abort());
    await visit.open("/tracker");
    await visit.page.getByRole("alert").getByText("The runs could not be read").waitFor();
    await visit.context.unroute("**/api/v1/**");
    await visit.page.getByRole("button", { name: "Try again" }).click();
    await visit.page.getByRole("gridcell", { name: "plain" }).waitFor();
  });

  it("fits a phone in both languages and themes, and is accessible there", world.needs, async () => {
    for (const look of [{ locale: "zh-CN", colorScheme: "dark" }, { colorScheme: "light" }] as const) {
      await using visit = await world.visit({ ...look, viewport: PHONE });
      await visit.open("/tracker");
      await visit.page.getByRole("gridcell", { name: "plain" }).waitFor();
      await checkWidth(visit.page);
      await visit.checkAccess();
    }
  });

  it("keeps what it shows when the server ends, and tells of an export that failed", world.needs, async () => {
    await using visit = await world.visit({ expect: [/ERR_/] });
    const { page } = visit;
    await visit.open("/tracker");
    await page.getByRole("gridcell", { name: "plain" }).waitFor();
    await world.cairn.kill();
    await page.getByRole("button", { name: "Export" }).click();
    await page.getByRole("menuitem", { name: "CSV" }).click();
    await page.getByText("The export failed").first().waitFor();
    assert.equal(await page.getByRole("gridcell", { name: "plain" }).count(), 1);
  });
});
