// The files of a run in a real browser: chosen, shown, added and taken away, and none of them ever runs.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createClient } from "@cairn/client";
import { browserWorld } from "../support/browser.ts";
import { EVIL, fillRuns, runs } from "../support/run-world.ts";

const world = browserWorld({ fill: fillRuns });
const client = () => createClient(world.cairn.url);
const FRAME = [/sandboxed|Content Security Policy/i];

describe("the run's files", () => {
  it("are chosen by keyboard alone, and the address keeps which", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open(`/runs/${runs.whole}?tab=artifacts`);
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
    await using visit = await world.visit({ expect: [...FRAME, /status of 404/] });
    const { page } = visit;
    const open = (path: string) => visit.open(`/runs/${runs.whole}?tab=artifacts&path=${encodeURIComponent(path)}`);
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
    await visit.open(`/runs/${runs.whole}?tab=artifacts&path=model%2F`);
    await page.getByRole("button", { name: "Upload" }).waitFor();
    await page
      .locator('input[type="file"]')
      .setInputFiles({ name: "more.txt", mimeType: "text/plain", buffer: Buffer.from("more") });
    await page.getByText("Uploaded 1 file").waitFor();
    await page.getByRole("treeitem", { name: "more.txt" }).click();
    await page.getByText("more", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Delete file" }).click();
    await page.getByText("Deleted model/more.txt").waitFor();
    assert.equal(await client().artifacts.find(runs.whole, "model/more.txt"), undefined);
    await page.getByRole("button", { name: "Undo" }).last().click();
    await page.getByText("Brought model/more.txt back").waitFor();
    assert.equal((await client().artifacts.find(runs.whole, "model/more.txt"))?.size, 4);
  });
});
