// Models in the browser: what is released is decided here, so that an alias moves only as said, is taken back by undo, and
// what cannot be taken back is named before.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createClient } from "@cairn/client/node";
import { browserWorld, PHONE, type Visit } from "../support/browser.ts";

const XSS = `<img src=x onerror="window.hacked=1">`;
const world = browserWorld();
const client = () => createClient(world.cairn.url);

async function* bytes(text: string) {
  yield new TextEncoder().encode(text);
}

/** A model with three versions, `production` at the second, `staging` at the third, which is a draft. */
async function makeModel(name: string) {
  const { models, versions, versionFiles, runs } = client();
  const { id } = await models.create({ name, description: `# ${name}\n\nReads **digits**.`, tags: { team: "vision" } });
  const run = await runs.create({ name: `${name} run` });
  for (const [index, accuracy] of [0.8, 0.9, 0.99].entries()) {
    const { number } = await versions.create(id, {
      label: `1.${index}`,
      comment: `build ${index}`,
      metadata: { accuracy, data: "2017" },
      ...(index === 1 ? { run: run.id } : {}),
    });
    await versionFiles.write(id, number, "weights.bin", bytes(`weights ${index}`));
    await versionFiles.write(id, number, "README.md", bytes("# same in all\n"));
    await versionFiles.write(id, number, index === 2 ? "moved/notes.txt" : "notes.txt", bytes("notes"));
    if (index < 2) await versions.seal(id, number);
  }
  await models.setAlias(id, "production", 2);
  await models.setAlias(id, "staging", 3);
  return id;
}

const row = ({ page }: Visit, version: number) =>
  page.getByRole("table", { name: "Versions" }).getByRole("row", { name: new RegExp(`^${version} ·`) });
const openModel = async (visit: Visit, name: string) => {
  await visit.open(`/models/${name}`);
  await row(visit, 2).waitFor();
};
const aliasesOf = async (id: number) => (await client().models.get(id)).aliases;

describe("the list of models", () => {
  it("begins empty with code that works, and makes the first model", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open("/models");
    await page.getByRole("heading", { name: "No models yet" }).waitFor();
    await visit.checkAccess();
    await page.getByRole("button", { name: "New model" }).click();
    await page.getByLabel("Name").fill("first");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/models/first");
  });

  it("a name that is taken is refused in the dialog, in the server's words", world.needs, async () => {
    await using visit = await world.visit({ expect: [/409/] });
    const { page } = visit;
    await client().models.create({ name: "taken" });
    await visit.open("/models");
    await page.getByRole("button", { name: "New model" }).click();
    await page.getByLabel("Name").fill("taken");
    await page.getByRole("button", { name: "Create" }).click();
    await page.getByRole("dialog").getByRole("alert").filter({ hasText: "taken" }).waitFor();
  });

  it("finds by name and description, whatever the text, and the address keeps it", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await client().models.create({ name: "sought-50%", description: `It's ${XSS}` });
    await client().models.create({ name: "sought-50x" });
    await visit.open("/models");
    await page.getByLabel("Search models").fill("50%");
    await page.waitForURL(/q=50%25/);
    await page.getByText("1 model", { exact: true }).waitFor();
    await page.getByLabel("Search models").fill("it's");
    await page.waitForURL(/q=it/);
    await page.reload();
    await page.getByRole("link", { name: "sought-50%" }).waitFor();
    assert.equal(await page.evaluate("window.hacked"), undefined);
  });
});

describe("one model", () => {
  it("holds its versions against the alias that is chosen", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await makeModel("compared");
    await openModel(visit, "compared");
    assert.match(await row(visit, 3).innerText(), /0\.99\s+\+10%/);
    assert.match(await row(visit, 2).innerText(), /baseline/);
    await page.getByLabel("Compare with").selectOption("@staging");
    await page.waitForURL(/baseline=/);
    await page.reload();
    await row(visit, 3).getByText("baseline").waitFor();
    assert.match(await row(visit, 2).innerText(), /0\.9\s+−9\.1%/);
  });

  it(
    "an alias moves by keyboard alone, with a reason; undo brings it back, and the history has both",
    world.needs,
    async () => {
      await using visit = await world.visit();
      const { page } = visit;
      const id = await makeModel("keyboard");
      await openModel(visit, "keyboard");
      await row(visit, 2).getByRole("button", { name: "Alias production" }).focus();
      await page.keyboard.press("Enter");
      await page.getByRole("menuitem", { name: "Move to…" }).waitFor();
      await page.keyboard.press("Enter");
      const dialog = page.getByRole("dialog", { name: "Move production" });
      await dialog.waitFor();
      await dialog.getByRole("combobox", { name: "Version" }).selectOption("1");
      await dialog.getByLabel("Reason").focus();
      await page.keyboard.type("Version 2 halved the recall.");
      await dialog.getByRole("button", { name: "Point it there" }).focus();
      await page.keyboard.press("Enter");
      await row(visit, 1).getByRole("button", { name: "Alias production" }).waitFor();
      assert.equal((await aliasesOf(id))["production"], 1);
      await page.getByText("Version 2 halved the recall.").waitFor();
      await page.getByRole("button", { name: "Undo" }).click();
      await row(visit, 2).getByRole("button", { name: "Alias production" }).waitFor();
      assert.equal((await aliasesOf(id))["production"], 2);
      const { items } = await client().models.history(id, { limit: 2 });
      assert.deepEqual(
        items.map(({ what, from, to }) => [what, from, to]),
        [
          ["alias.moved", "1", "2"],
          ["alias.moved", "2", "1"],
        ],
      );
    },
  );

  it("an alias is dragged onto another version, which asks why first", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    const id = await makeModel("dragged");
    await openModel(visit, "dragged");
    await row(visit, 2).getByRole("button", { name: "Alias production" }).dragTo(row(visit, 1));
    const dialog = page.getByRole("dialog", { name: "Move production" });
    assert.equal(await dialog.getByRole("combobox", { name: "Version" }).inputValue(), "1");
    assert.equal((await aliasesOf(id))["production"], 2);
    await dialog.getByRole("button", { name: "Point it there" }).click();
    await row(visit, 1).getByRole("button", { name: "Alias production" }).waitFor();
  });

  it("the card is written with a preview, and undo brings the old one back", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    const id = await makeModel("carded");
    await openModel(visit, "carded");
    await page.getByRole("button", { name: "Edit the card" }).click();
    await page.getByRole("textbox", { name: "Card" }).fill(`# New\n\n${XSS} [link](javascript:alert(1)) **bold**`);
    await page.getByRole("tab", { name: "Preview" }).click();
    await page.locator("strong", { hasText: "bold" }).waitFor();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("heading", { name: "New", exact: true }).waitFor();
    assert.equal(await page.evaluate("window.hacked"), undefined);
    assert.equal(await page.locator("a[href^=javascript]").count(), 0);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Reads digits.").waitFor();
    assert.match((await client().models.get(id)).description, /Reads/);
  });

  it("shows what others do by itself", world.needs, async () => {
    await using visit = await world.visit();
    const id = await makeModel("live");
    await openModel(visit, "live");
    await client().versions.create(id, { label: "9.9" });
    await row(visit, 4).waitFor();
    await client().models.setAlias(id, "champion", 4);
    await row(visit, 4).getByRole("button", { name: "Alias champion" }).waitFor();
  });

  it("is deleted with undo, and a deleted one says so", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await makeModel("deleted");
    await openModel(visit, "deleted");
    await page.getByRole("button", { name: "More", exact: true }).click();
    await page.getByRole("menuitem", { name: "Delete", exact: true }).click();
    await page.getByText("This model is deleted.").waitFor();
    await visit.checkAccess();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("This model is deleted.").waitFor({ state: "detached" });
  });
});

describe("one version", () => {
  it("is found by number, alias and label", world.needs, async () => {
    await using visit = await world.visit({ expect: [/404/] });
    await makeModel("found");
    for (const ref of ["2", "production", "1.1"]) {
      await visit.open(`/models/found/versions/${ref}`);
      await visit.page.getByRole("heading", { level: 1, name: "Models found 2 · 1.1" }).waitFor();
    }
    await visit.open("/models/found/versions/7.7");
    await visit.page.getByRole("heading", { name: "found has no version “7.7”" }).waitFor();
  });

  it("is held against another: values, and files by their bytes", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await makeModel("beside");
    await visit.open("/models/beside/versions/3?compare=2");
    const files = page.getByRole("table", { name: "Files" });
    await files.waitFor();
    assert.match(await page.getByRole("table", { name: "Metadata" }).innerText(), /accuracy\s+0\.9\s+0\.99\s+\+10%/);
    assert.equal(await page.getByRole("cell", { name: "2017" }).count(), 0);
    const rows = await files.locator("tbody tr").allInnerTexts();
    assert.equal(rows.length, 2);
    assert.match(rows[0] ?? "", /moved\s+moved\/notes\.txt from notes\.txt/);
    assert.match(rows[1] ?? "", /changed\s+weights\.bin/);
    await page.getByLabel("Differences only").click();
    await files.getByText("same bytes").waitFor();
    await visit.checkAccess();
    await page.getByRole("button", { name: "Swap sides" }).click();
    await page.waitForURL("**/versions/2?compare=3");
  });

  it("a draft is sealed, its comment still changes, and deleting names it first", world.needs, async () => {
    // The hint of its end may come before the screen has changed.
    await using visit = await world.visit({ expect: [/404/] });
    const { page } = visit;
    const id = await makeModel("released");
    await visit.open("/models/released/versions/3");
    await page.getByRole("button", { name: "Seal" }).click();
    await page.getByRole("dialog", { name: "Seal released:3 (1.2)?" }).getByRole("button", { name: "Seal" }).click();
    await page.getByRole("heading", { level: 1 }).getByText("sealed").waitFor();
    await page.getByRole("button", { name: "Edit: Comment" }).click();
    await page.getByRole("textbox", { name: "Comment" }).fill(XSS);
    await page.keyboard.press("Control+Enter");
    await page.getByText(XSS).waitFor();
    assert.equal(await page.evaluate("window.hacked"), undefined);
    assert.equal((await client().versions.get(id, 3)).comment, XSS);
    await page.getByRole("button", { name: "More", exact: true }).click();
    await page.getByRole("menuitem", { name: "Delete…" }).click();
    const dialog = page.getByRole("dialog", { name: "Delete released:3 (1.2)?" });
    await dialog.getByText("These aliases go with it: staging.").waitFor();
    await dialog.getByRole("button", { name: "Delete" }).click();
    await page.waitForURL("**/models/released");
    await row(visit, 3).waitFor({ state: "detached" });
  });
});

describe("for everybody", () => {
  it("in the dark, on a phone and in Chinese, nothing is wrong or too wide", world.needs, async () => {
    const id = await makeModel("everywhere");
    await client().models.update(id, {
      description: `# ${"long-".repeat(60)}\n\n\`${"code".repeat(80)}\``,
      tags: { [`<b>${"k".repeat(100)}`]: XSS },
    });
    for (const visitor of [{ viewport: PHONE }, { colorScheme: "dark" }, { locale: "zh-CN" }] as const) {
      await using visit = await world.visit(visitor);
      for (const path of [
        "/models",
        "/models/everywhere",
        "/models/everywhere/versions/2",
        "/models/everywhere/versions/2?tab=use",
      ]) {
        await visit.open(path);
        await visit.page.getByRole("heading", { level: 1 }).waitFor();
        await visit.page.waitForLoadState("networkidle");
        await visit.checkAccess();
        const [inner, outer] = await visit.page.evaluate(() => [
          document.querySelector("main")?.scrollWidth ?? 0,
          document.querySelector("main")?.clientWidth ?? 0,
        ]);
        assert.ok((inner ?? 0) <= (outer ?? 0), `${path} is ${inner} px wide in ${outer}`);
      }
    }
  });
});
