// The file centre in the browser. Subtle: a browser cannot stream a request over HTTP/1.1, so that uploads go by parts of
// their own, and a connection that breaks amid one must not cost what has arrived.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { createClient } from "@cairn/client/node";
import { browserWorld, PHONE, type Visit } from "../support/browser.ts";

const world = browserWorld();
const folder = mkdtempSync(join(tmpdir(), "cairn-web-files-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const XSS = `"><img src=x onerror="window.hacked=1">.txt`;

async function* bytes(text: string) {
  yield new TextEncoder().encode(text);
}

/** A profile with a draft of these files. */
async function draft(name: string, files: Readonly<Record<string, string>> = {}) {
  const client = createClient(world.cairn.url);
  const { id } = await client.models.create({ name });
  const { number } = await client.versions.create(id, { label: "1.0" });
  for (const [path, text] of Object.entries(files)) await client.versionFiles.write(id, number, path, bytes(text));
  return { client, id, number };
}

const rowNames = ({ page }: Visit) => page.getByRole("table", { name: "Files" }).locator("tbody th").allInnerTexts();

/** Chooses files by the button's own input, as the dialog of the system would. */
const choose = ({ page }: Visit, files: Parameters<ReturnType<Visit["page"]["locator"]>["setInputFiles"]>[0]) =>
  page.locator("input[type=file]:not([webkitdirectory])").setInputFiles(files);

describe("the file centre", () => {
  it("begins empty, makes a profile and a version, and takes files", world.needs, async () => {
    await using visit = await world.visit({ expect: [/404/] });
    const { page } = visit;
    await visit.open("/files");
    await page.getByRole("button", { name: "New profile" }).click();
    await page.getByLabel("Name").fill("credit");
    await page.getByRole("button", { name: "Create" }).click();
    await page.waitForURL("**/files/credit");
    await page.getByRole("button", { name: "New version" }).click();
    await page.getByLabel("Label").fill("1.0");
    await page.getByRole("button", { name: "Create" }).click();
    await page.getByRole("heading", { name: "No files yet" }).waitFor();
    await visit.checkAccess();
    await choose(visit, [
      { name: "train.py", mimeType: "text/x-python", buffer: Buffer.from("print('hello')") },
      { name: XSS, mimeType: "text/plain", buffer: Buffer.from("x") },
    ]);
    await page.getByText("2 files are there").waitFor();
    await page.getByRole("link", { name: "train.py" }).waitFor();
    assert.deepEqual((await rowNames(visit)).sort(), [XSS, "train.py"]);
    assert.equal(await page.evaluate("window.hacked"), undefined);
    const client = createClient(world.cairn.url);
    const model = await client.models.find("credit");
    assert.match(model?.tags["centre.key"] ?? "", /^[0-9a-f-]{36}$/);
    assert.equal(model?.tags["centre.visibility"], "private");
  });

  it("takes folders with all that is in them", world.needs, async () => {
    await using visit = await world.visit();
    const { client, id, number } = await draft("with-folders");
    const root = join(folder, "workspace");
    mkdirSync(join(root, "deep"), { recursive: true });
    writeFileSync(join(root, "a.txt"), "a");
    writeFileSync(join(root, "deep", "b.txt"), "b");
    await visit.open("/files/with-folders");
    await visit.page.getByRole("button", { name: "Upload" }).waitFor();
    await visit.page.locator("input[webkitdirectory]").setInputFiles(root);
    await visit.page.getByRole("button", { name: /^workspace/ }).waitFor();
    const { items } = await client.versionFiles.manifest(id, number);
    assert.deepEqual(
      items.map(({ path }) => path),
      ["workspace/a.txt", "workspace/deep/b.txt"],
    );
  });

  it("takes what is dropped", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await draft("dropped-on");
    await visit.open("/files/dropped-on");
    await page.getByRole("heading", { name: "No files yet" }).waitFor();
    const transfer = await page.evaluateHandle(() => {
      const data = new DataTransfer();
      data.items.add(new File(["dropped"], "dropped.txt", { type: "text/plain" }));
      return data;
    });
    const heading = page.getByRole("heading", { name: "No files yet" });
    await heading.dispatchEvent("dragenter", { dataTransfer: transfer });
    await page.getByText("Drop to put into the top folder").waitFor();
    await heading.dispatchEvent("drop", { dataTransfer: transfer });
    await page.getByRole("link", { name: "dropped.txt" }).waitFor();
  });

  it(
    "a large upload that breaks goes on with what has arrived, also after the page was closed",
    world.needs,
    async () => {
      await using visit = await world.visit({ expect: [/ERR_|404/] });
      const { page } = visit;
      const { client, id, number } = await draft("large");
      const content = randomBytes(36 * 1024 * 1024);
      const path = join(folder, "large.bin");
      writeFileSync(path, content);
      const offsets: number[] = [];
      let isBroken = true;
      await visit.context.route("**/api/v1/uploads/*", async (route) => {
        const { "upload-offset": offset } = route.request().headers();
        if (offset === undefined) return route.continue();
        offsets.push(Number(offset));
        if (isBroken && offsets.length > 1) return route.abort("connectionreset");
        return route.continue();
      });
      await visit.open("/files/large");
      await page.getByRole("heading", { name: "No files yet" }).waitFor();
      await choose(visit, path);
      await page.waitForFunction(() => Object.keys(localStorage).includes("cairn.uploads"));
      while (offsets.length < 3) await new Promise((resolve) => setTimeout(resolve, 50));
      page.on("dialog", (dialog) => void dialog.accept());
      await page.reload();
      isBroken = false;
      const before = offsets.length;
      await page.getByRole("heading", { name: "No files yet" }).waitFor();
      await choose(visit, path);
      await page.getByText("1 file is there").waitFor({ timeout: 40_000 });
      assert.ok((offsets[before] ?? 0) > 0, `it began at ${offsets[before]} again: ${offsets.join(", ")}`);
      const [file] = (await client.versionFiles.manifest(id, number)).items;
      assert.equal(file?.digest, createHash("sha256").update(content).digest("hex"));
      assert.equal(await page.evaluate(() => localStorage.getItem("cairn.uploads")), "{}");
    },
  );

  it("stops an upload, and tries it again", world.needs, async () => {
    await using visit = await world.visit({ expect: [/404/] });
    const { page } = visit;
    await draft("stopped");
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await visit.context.route("**/files/held.bin", async (route) => {
      await held;
      await route.continue().catch(() => {});
    });
    await visit.open("/files/stopped");
    await page.getByRole("heading", { name: "No files yet" }).waitFor();
    await choose(visit, { name: "held.bin", mimeType: "application/octet-stream", buffer: randomBytes(1000) });
    await page.getByRole("button", { name: "Stop held.bin" }).click();
    await page.getByText("stopped", { exact: true }).waitFor();
    release();
    await page.getByRole("button", { name: "Try held.bin again" }).click();
    await page.getByRole("link", { name: "held.bin" }).waitFor();
  });

  it("a refused file says why, and spares the others", world.needs, async () => {
    await using visit = await world.visit({ expect: [/409/] });
    const { page } = visit;
    await draft("in-the-way", { "data/x.csv": "1" });
    await visit.open("/files/in-the-way");
    await page.getByRole("button", { name: /^data/ }).waitFor();
    await choose(visit, [
      { name: "data", mimeType: "text/plain", buffer: Buffer.from("a file where a folder is") },
      { name: "fine.txt", mimeType: "text/plain", buffer: Buffer.from("fine") },
    ]);
    await page.getByRole("link", { name: "fine.txt" }).waitFor();
    await page.getByText("1 failed").waitFor();
    await visit.checkAccess("main");
  });

  it("lists by folder, sorts, and filters by globs; the address keeps it", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await draft("listed", { "a.csv": "12345", "b.txt": "1", "data/c.csv": "123", "data/deep/d.csv": "12" });
    await visit.open("/files/listed");
    await page.getByRole("button", { name: "Size" }).click();
    await page.getByRole("button", { name: "Size" }).click();
    await page.waitForURL(/sort=size&desc=1/);
    assert.deepEqual((await rowNames(visit)).slice(1), ["a.csv", "b.txt"]);
    await page.getByLabel("Filter, such as").fill("*.csv");
    await page.waitForURL(/glob=/);
    assert.deepEqual(await rowNames(visit), ["a.csv", "data/c.csv", "data/deep/d.csv"]);
    await page.reload();
    await page.getByText("3 files").waitFor();
    assert.deepEqual(await rowNames(visit), ["a.csv", "data/c.csv", "data/deep/d.csv"]);
    await page.getByLabel("Filter, such as").fill("");
    await page.getByRole("button", { name: /^data/ }).click();
    await page.waitForURL(/path=data/);
    assert.deepEqual(await rowNames(visit), ["deep\n1 file", "c.csv"]);
    await page.goBack();
    await page.getByRole("link", { name: "a.csv" }).waitFor();
  });

  it("a deleted file comes back by undo, and a sealed version takes nothing", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    const { client, id, number } = await draft("deleted-from", { "keep.txt": "kept", "gone.txt": "gone" });
    await visit.open("/files/deleted-from");
    await page.getByRole("button", { name: "Actions for gone.txt" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await page.getByRole("link", { name: "gone.txt" }).waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("link", { name: "gone.txt" }).waitFor();
    await page.getByRole("button", { name: "Seal" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Seal" }).click();
    await page.getByText("Sealed: make a new version to change files.").waitFor();
    assert.equal((await client.versions.get(id, number)).state, "sealed");
    assert.equal(await page.locator("input[type=file]").count(), 0);
  });

  it("shows files that belong to nothing, where there are any", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await createClient(world.cairn.url).files.write(`reports/${XSS}`, bytes(XSS));
    await visit.open("/files");
    const loose = page.getByRole("region", { name: "Loose files" });
    await loose.getByRole("treeitem", { name: /reports/ }).click();
    await loose.getByRole("treeitem", { name: /onerror/ }).click();
    await page.waitForURL(/path=reports/);
    await loose.getByText("window.hacked=1").last().waitFor();
    assert.equal(await page.evaluate("window.hacked"), undefined);
  });

  it("shows what others put there by itself", world.needs, async () => {
    await using visit = await world.visit();
    const { client, id, number } = await draft("live", { "first.txt": "1" });
    await visit.open("/files/live");
    await visit.page.getByRole("link", { name: "first.txt" }).waitFor();
    await client.versionFiles.write(id, number, "second.txt", bytes("2"));
    await visit.page.getByRole("link", { name: "second.txt" }).waitFor();
  });

  it(
    "is right for a screen reader, on a phone, in the dark and in Chinese, and says what is not there",
    world.needs,
    async () => {
      await draft("everywhere", { "a.csv": "1", [`${"long-".repeat(30)}name.bin`]: "2" });
      for (const visitor of [{ viewport: PHONE }, { colorScheme: "dark" }, { locale: "zh-CN" }] as const) {
        await using visit = await world.visit(visitor);
        await visit.open("/files/everywhere");
        await visit.page.getByRole("link", { name: "a.csv" }).waitFor();
        await visit.checkAccess();
        const [inner, outer] = await visit.page.evaluate(() => [document.body.scrollWidth, window.innerWidth]);
        assert.ok((inner ?? 0) <= (outer ?? 0), `the page is ${inner} px wide in a window of ${outer}`);
        await visit.open("/files");
        await visit.page.getByRole("link", { name: "everywhere" }).waitFor();
        await visit.checkAccess();
      }
      await using visit = await world.visit({ expect: [/404/] });
      await visit.open("/files/nobody");
      await visit.page.getByRole("heading", { name: "There is no such profile" }).waitFor();
      await visit.open("/files/everywhere?version=9.9");
      await visit.page.getByText("There is no version “9.9”").waitFor();
    },
  );
});
