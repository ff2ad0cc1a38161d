// The run's page in a real browser: what people do on it, and that nothing which others stored ever runs there.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createClient } from "@cairn/client";
import { browserWorld, PHONE } from "../support/browser.ts";

const EVIL = '<img src=x onerror="window.ran=1"><script>window.ran=1</script>';
let id = "";
let running = "";
let deleted = "";

const bytes = (text: string) =>
  (async function* () {
    yield new TextEncoder().encode(text);
  })();

async function fill(url: string): Promise<void> {
  const client = createClient(url);
  const experiment = (await client.experiments.create({ name: `digits ${EVIL}` })).id;
  const run = await client.runs.create({
    experiment,
    name: `third try ${EVIL}`,
    author: "li.wei",
    parameters: [
      { group: "optimizer", key: "lr", value: 0.003 },
      { key: "model/layers", value: 18 },
      { key: EVIL, value: EVIL },
    ],
    tags: {
      team: "vision",
      [EVIL]: EVIL,
      board: "javascript:window.ran=1",
      "git.commit": "3f2a9c1d",
      "note.content": `**Described** ${EVIL} [x](javascript:window.ran=1)`,
    },
    labels: ["baseline", EVIL],
  });
  id = run.id;
  const steps = Float64Array.from({ length: 50 }, (_, step) => step);
  const values = steps.map((step) => 1 / (1 + step));
  const times = steps.map((step) => 1_700_000_000_000 + step * 1000);
  const points = { keys: ["train/loss"], counts: Uint32Array.of(50), steps, times, values, batches: null };
  await client.runs.log(id, { points });
  await client.runs.addNote(id, `Looks **good**. ${EVIL}`);
  await client.runs.log(id, {
    modules: [{ type: "model", name: EVIL, hash: "aa11", parameters: { layers: 18 } }],
    inputs: [
      {
        dataset: {
          name: "mnist",
          digest: "d1",
          sourceType: "url",
          source: "javascript:window.ran=1",
          schema: null,
          profile: null,
        },
        context: "train",
        tags: {},
      },
    ],
  });
  const files: readonly (readonly [string, string])[] = [
    ["report.md", `# Report\n\n**bold** ${EVIL}\n\n[bad](javascript:window.ran=1) ![out](https://example.org/x.png)`],
    ["report.md", "# Report, revised"],
    ["data/table.csv", `name,score\n"${EVIL.replaceAll('"', '""')}",1\n`],
    ["data/params.json", JSON.stringify({ lr: 0.1, text: EVIL })],
    ["page.html", `<h1>Hello</h1>${EVIL}<script>parent.ran=1;top.ran=1</script>`],
    ["plot.svg", '<svg xmlns="http://www.w3.org/2000/svg" onload="top.ran=1"><script>top.ran=1</script></svg>'],
    ["model/weights.bin", "\0\x01\x02binary"],
    ["model/about.txt", "weights"],
  ];
  for (const [path, text] of files) await client.artifacts.write(id, path, bytes(text));
  await client.runs.update(id, { state: "finished" });
  running = (await client.runs.create({ experiment, name: "under way" })).id;
  deleted = (await client.runs.create({ experiment, name: "left" })).id;
  await client.runs.delete(deleted);
}

const world = browserWorld({ fill });
const client = () => createClient(world.cairn.url);
const FRAME = [/sandboxed|Content Security Policy/i];

describe("the run's page", () => {
  it("tells what the run is, and nothing that was stored runs", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open(`/runs/${id}`);
    await page.getByRole("heading", { level: 1, name: "third try" }).waitFor();
    for (const title of ["Description", "Metrics", "Parameters", "Labels", "Notes", "Tags", "Modules"]) {
      await page.getByRole("region", { name: title }).first().waitFor();
    }
    await page.getByText("Described").waitFor();
    await page.getByText("good", { exact: true }).waitFor();
    assert.equal(await page.locator('a[href^="javascript:"]').count(), 0);
    await visit.checkAccess();
    await page.getByRole("tab", { name: "Lineage" }).click();
    await page.getByText("mnist").waitFor();
    await visit.checkAccess();
    assert.equal(await page.evaluate("window.ran"), undefined);
  });

  it("keeps the filter of parameters in the address", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open(`/runs/${id}`);
    await page.getByRole("searchbox", { name: "Filter parameters and metrics" }).fill("layers");
    await page.waitForURL(/q=layers/);
    await page.reload();
    await page.getByRole("rowheader", { name: "layers", exact: true }).waitFor();
    assert.equal(await page.getByRole("rowheader", { name: "lr", exact: true }).count(), 0);
  });

  it("follows what happens to the run elsewhere, and finishes it by hand", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open(`/runs/${running}`);
    await page.getByText("No metrics yet.").waitFor();
    const handle = client();
    await handle.runs.addNote(running, "written elsewhere");
    await handle.runs.log(running, { parameters: [{ key: "fresh", value: 1 }] });
    await page.getByText("written elsewhere").waitFor();
    await page.getByRole("rowheader", { name: "fresh" }).waitFor();
    await page.getByRole("button", { name: "Finish" }).click();
    await page.getByText("under way is finished now").waitFor();
    assert.equal((await handle.runs.get(running)).state, "finished");
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("button", { name: "Finish" }).waitFor();
    assert.equal((await handle.runs.get(running)).state, "running");
  });

  it("is starred, labelled, noted and deleted by keys, and each can be taken back", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    const handle = client();
    await visit.open(`/runs/${running}`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.keyboard.press("s");
    await page.getByRole("button", { name: "Take the star off", pressed: true }).waitFor();
    await page.keyboard.press("n");
    await page.keyboard.type("by keys");
    await page.keyboard.press("Control+Enter");
    await page.getByText("by keys").waitFor();
    await page.getByRole("region", { name: "Labels" }).getByRole("button", { name: "Add" }).click();
    await page.keyboard.type("sweep");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Take the label sweep off" }).click();
    await page.getByRole("button", { name: "Take the label sweep off" }).waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Undo" }).first().click();
    await page.getByRole("button", { name: "Take the label sweep off" }).waitFor();
    assert.deepEqual((await handle.runs.get(running)).labels, ["sweep"]);
    await page.getByRole("heading", { level: 1 }).click();
    await page.keyboard.press("Delete");
    await page.getByText("This run is deleted.").waitFor();
    await page.getByRole("button", { name: "Restore" }).click();
    await page.getByText("This run is deleted.").waitFor({ state: "detached" });
    assert.equal((await handle.runs.get(running)).deletedAt, null);
  });

  it("becomes a version of a model, with the files of a folder", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open(`/runs/${id}`);
    await page.getByRole("button", { name: "Register as model" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Model", { exact: true }).fill("digit-reader");
    await dialog.getByText("A new model of this name is made.").waitFor();
    await dialog.getByLabel("Files", { exact: true }).selectOption({ label: "Folder model" });
    await dialog.getByLabel("Alias").fill("staging");
    await visit.checkAccess("[role=dialog]");
    await dialog.getByRole("button", { name: "Register" }).click();
    await page.getByText("Made version 1 of digit-reader").waitFor();
    const version = await client().versions.resolve("digit-reader:staging");
    assert.deepEqual([version.state, version.run, version.files], ["sealed", id, 2]);
    await visit.open(`/runs/${id}?tab=lineage`);
    await page.getByRole("link", { name: /digit-reader/ }).waitFor();
  });

  it("has words for a run that is not there, an id that is none, and a deleted run", world.needs, async () => {
    await using visit = await world.visit({ expect: [/status of 40[04]/] });
    const { page } = visit;
    await visit.open(`/runs/${"0".repeat(32)}`);
    await page.getByRole("heading", { name: "There is no such run" }).waitFor();
    await visit.open(`/runs/${id.toUpperCase()}`);
    await page.getByRole("heading", { name: "This is not the id of a run" }).waitFor();
    await page.getByRole("link", { name: id }).click();
    await page.getByRole("heading", { level: 1, name: "third try" }).waitFor();
    await visit.open(`/runs/${deleted}`);
    await page.getByText("This run is deleted.").waitFor();
    await visit.checkAccess();
  });
});

describe("the run's files", () => {
  it("are chosen by keyboard alone, and the address keeps which", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open(`/runs/${id}?tab=artifacts`);
    const tree = page.getByRole("tree");
    await tree.getByRole("treeitem", { name: "data" }).waitFor();
    await tree.focus();
    await page.keyboard.press("ArrowRight");
    await tree.getByRole("treeitem", { name: "params.json" }).waitFor();
    await page.keyboard.press("p");
    await page.keyboard.press("Enter");
    await page.waitForURL(/path=data%2Fparams.json/);
    await page.reload();
    await page.getByText("lr: ").waitFor();
    await visit.checkAccess();
  });

  it("are shown as what they are, and none of them runs", world.needs, async () => {
    await using visit = await world.visit({ expect: FRAME });
    const { page } = visit;
    const open = (path: string) => visit.open(`/runs/${id}?tab=artifacts&path=${encodeURIComponent(path)}`);
    await open("report.md");
    await page.getByRole("heading", { name: "Report, revised" }).waitFor();
    await page.getByRole("button", { name: "Revision 2" }).click();
    await page.getByRole("menuitemcheckbox", { name: /Revision 1/ }).click();
    await page.waitForURL(/rev=1/);
    await page.getByText("bold", { exact: true }).waitFor();
    await page.getByText("[out]").waitFor();
    await open("data/table.csv");
    await page.getByRole("cell", { name: EVIL }).waitFor();
    await open("page.html");
    await page.frameLocator("iframe").getByRole("heading", { name: "Hello" }).waitFor();
    assert.equal(await page.locator("iframe").getAttribute("sandbox"), "");
    await open("plot.svg");
    await page.locator("iframe").waitFor();
    await open("model/weights.bin");
    await page.getByText("Not a text.").waitFor();
    await open("no/such.txt");
    await page.getByRole("heading", { name: "There is no such file" }).waitFor();
    assert.equal(await page.evaluate("window.ran"), undefined);
  });

  it("are added to, and deleted with a way back", world.needs, async () => {
    await using visit = await world.visit({ expect: [/status of 404/] });
    const { page } = visit;
    await visit.open(`/runs/${id}?tab=artifacts&path=model%2F`);
    await page.getByRole("button", { name: "Upload" }).waitFor();
    await page
      .locator('input[type="file"]')
      .setInputFiles({ name: "more.txt", mimeType: "text/plain", buffer: Buffer.from("more") });
    await page.getByText("Uploaded 1 file").waitFor();
    await page.getByRole("treeitem", { name: "more.txt" }).click();
    await page.getByText("more", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Delete file" }).click();
    await page.getByText("Deleted model/more.txt").waitFor();
    assert.equal(await client().artifacts.find(id, "model/more.txt"), undefined);
    await page.getByRole("button", { name: "Undo" }).last().click();
    await page.getByText("Brought model/more.txt back").waitFor();
    assert.equal((await client().artifacts.find(id, "model/more.txt"))?.size, 4);
  });
});

describe("on a phone, in the dark, in Chinese", () => {
  it("nothing overflows sideways, and it is accessible", world.needs, async () => {
    await using visit = await world.visit({ locale: "zh-CN", colorScheme: "dark", viewport: PHONE });
    const { page } = visit;
    for (const tab of ["", "?tab=artifacts&path=report.md", "?tab=lineage"]) {
      await visit.open(`/runs/${id}${tab}`);
      await page.getByRole("tab", { name: "概览" }).waitFor();
      const [wide, window] = await page.evaluate<[number, number]>(
        "[document.querySelector('main').scrollWidth, document.querySelector('main').clientWidth]",
      );
      assert.ok(wide <= window, `${tab}: ${wide} px in ${window} px`);
      await visit.checkAccess();
    }
  });
});
