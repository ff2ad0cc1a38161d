// The run's page in a real browser: what people do on it, and that nothing which others stored ever runs there.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createClient } from "@cairn/client";
import { browserWorld, PHONE } from "../support/browser.ts";
import { fillRuns, runs } from "../support/run-world.ts";

const world = browserWorld({ fill: fillRuns });
const client = () => createClient(world.cairn.url);

describe("the run's page", () => {
  it("tells what the run is, and nothing that was stored runs", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open(`/runs/${runs.whole}`);
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
    await visit.open(`/runs/${runs.whole}`);
    await page.getByRole("searchbox", { name: "Filter parameters and metrics" }).fill("layers");
    await page.waitForURL(/q=layers/);
    await page.reload();
    await page.getByRole("rowheader", { name: "layers", exact: true }).waitFor();
    assert.equal(await page.getByRole("rowheader", { name: "lr", exact: true }).count(), 0);
  });

  it("follows what happens to the run elsewhere, and finishes it by hand", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open(`/runs/${runs.running}`);
    await page.getByText("No metrics yet.").waitFor();
    const handle = client();
    await handle.runs.addNote(runs.running, "written elsewhere");
    await handle.runs.log(runs.running, { parameters: [{ key: "fresh", value: 1 }] });
    await page.getByText("written elsewhere").waitFor();
    await page.getByRole("rowheader", { name: "fresh" }).waitFor();
    await page.getByRole("button", { name: "Finish" }).click();
    await page
      .getByRole("dialog", { name: "Finish under way?" })
      .getByRole("button", { name: "Cancel" })
      .last()
      .click();
    assert.equal((await handle.runs.get(runs.running)).state, "running");
    await page.getByRole("button", { name: "Finish" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Finish" }).click();
    await page.getByText("under way is finished now").waitFor();
    const { state, attempt } = await handle.runs.get(runs.running);
    assert.deepEqual([state, attempt], ["finished", 1]);
    assert.equal(await page.getByRole("button", { name: "Undo" }).count(), 0);
  });

  it("has notes that are mended and taken away", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    const handle = client();
    const note = await handle.runs.addNote(runs.running, "good **reslut**");
    await visit.open(`/runs/${runs.running}`);
    const entry = page.getByRole("listitem").filter({ hasText: /good (reslut|result)/ });
    await entry.getByRole("button", { name: "Change the note" }).click();
    await page.keyboard.press("Control+A");
    await page.keyboard.type("good **result**");
    await page.keyboard.press("Control+Enter");
    await page.getByText("The note is changed").waitFor();
    await entry.getByText("good result").waitFor();
    const texts = async () => (await handle.runs.listNotes(runs.running)).map(({ text }) => text);
    assert.ok((await texts()).includes("good **result**"));
    await page.getByRole("button", { name: "Undo" }).click();
    await entry.getByText("good reslut").waitFor();
    await entry.getByRole("button", { name: "Delete the note" }).click();
    await page.getByRole("dialog", { name: "Delete this note?" }).getByText(note.text).waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Delete the note" }).click();
    // While the dialog stands, what is behind it has no roles: "detached" alone would not wait for the deletion.
    await page.getByText("The note is deleted").waitFor();
    await entry.waitFor({ state: "detached" });
    assert.ok(!(await texts()).includes(note.text));
  });

  it("is starred, labelled, noted and deleted by keys, and each can be taken back", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    const handle = client();
    await visit.open(`/runs/${runs.running}`);
    await page.getByRole("heading", { level: 1, name: "under way" }).waitFor();
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
    assert.deepEqual((await handle.runs.get(runs.running)).labels, ["sweep"]);
    await page.getByRole("heading", { level: 1 }).click();
    await page.keyboard.press("Delete");
    await page.getByText("This run is deleted.").waitFor();
    await page.getByRole("button", { name: "Restore" }).click();
    await page.getByText("This run is deleted.").waitFor({ state: "detached" });
    assert.equal((await handle.runs.get(runs.running)).deletedAt, null);
  });

  it("becomes a version of a model, with the files of a folder", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open(`/runs/${runs.whole}`);
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
    assert.deepEqual([version.state, version.run, version.files], ["sealed", runs.whole, 2]);
    await visit.open(`/runs/${runs.whole}?tab=lineage`);
    await page.getByRole("link", { name: /digit-reader version 1/ }).waitFor();
    await client().versions.create(version.model, { run: runs.whole });
    await page.getByRole("link", { name: /digit-reader version 2/ }).waitFor();
  });

  it("has words for a run that is not there, an id that is none, and a deleted run", world.needs, async () => {
    await using visit = await world.visit({ expect: [/status of 40[04]/] });
    const { page } = visit;
    await visit.open(`/runs/${"0".repeat(32)}`);
    await page.getByRole("heading", { name: "There is no such run" }).waitFor();
    await visit.open(`/runs/${runs.whole.toUpperCase()}`);
    await page.getByRole("heading", { name: "This is not the id of a run" }).waitFor();
    await page.getByRole("link", { name: runs.whole }).click();
    await page.getByRole("heading", { level: 1, name: "third try" }).waitFor();
    await visit.open(`/runs/${runs.deleted}`);
    await page.getByText("This run is deleted.").waitFor();
    await visit.checkAccess();
  });
});

describe("on a phone, in the dark, in Chinese", () => {
  it("nothing overflows sideways, and it is accessible", world.needs, async () => {
    await using visit = await world.visit({ locale: "zh-CN", colorScheme: "dark", viewport: PHONE });
    const { page } = visit;
    for (const tab of ["", "?tab=artifacts&path=report.md", "?tab=lineage"]) {
      await visit.open(`/runs/${runs.whole}${tab}`);
      await page.getByRole("tab", { name: "概览" }).waitFor();
      const [wide, window] = await page.evaluate<[number, number]>(
        "[document.querySelector('main').scrollWidth, document.querySelector('main').clientWidth]",
      );
      assert.ok(wide <= window, `${tab}: ${wide} px in ${window} px`);
      await visit.checkAccess();
    }
  });
});
