// Seed 001: projects, model repositories and images, in the seed's own words, on a real server.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { copyFileSync, createReadStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { promisify } from "node:util";
import { type Client, createClient } from "@cairn/client";
import { openFile } from "@cairn/client/node";
import { getCurrentProject, type ModelImage, openProject, type Project } from "@cairn/client/rorodata";
import type { ErrorCode, Json } from "@cairn/core";
import { refuses as refusesLater } from "../services/support/expect.ts";
import { type CairnProcess, startCairn } from "../support/cairn-process.ts";

const run = promisify(execFile);
const samples = join(import.meta.dirname, "..", "..", "examples", "seeds", "rorodata");
const model = { bias: 1, weights: [0.5, -0.25] };

let server: CairnProcess;
let client: Client;
let project: Project;
let folder: string;
let count = 0;

before(async () => {
  server = await startCairn();
  client = createClient(server.url);
  project = openProject(client, "default", { author: "ada" });
  folder = mkdtempSync(join(tmpdir(), "cairn-rorodata-"));
});
after(async () => {
  await server[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

/** For what throws at once and what rejects. */
const refuses = (code: ErrorCode, act: () => unknown, message: RegExp) =>
  refusesLater(code, async () => act(), message);
const freshRepository = () => project.createModelRepository(`model ${++count} of o'neill`);
const versionsOf = (images: readonly ModelImage[]) => images.map(({ version }) => version);

describe("the sample", () => {
  it("trains, saves, and predicts with the latest image", async () => {
    copyFileSync(join(samples, "cairn.yml"), join(folder, "cairn.yml"));
    const options = { cwd: folder, env: { ...process.env, CAIRN_URL: server.url, CAIRN_PROJECT: "elsewhere" } };
    const first = await run(process.execPath, [join(samples, "build.ts")], options);
    assert.equal(first.stdout, "saved <ModelImage default/credit-risk@1>\n");
    const second = await run(process.execPath, [join(samples, "build.ts")], options);
    assert.equal(second.stdout, "saved <ModelImage default/credit-risk@2>\n");
    const { stdout } = await run(process.execPath, [join(samples, "predict.ts")], options);
    assert.match(
      stdout,
      /^Model-ID: [0-9a-f]{12}\nModel-Name: credit-risk\nModel-Version: 2\nDate: .*\n\n {4}Built new/,
    );
    assert.match(stdout, /risk 0\.9\d+\n$/);
    const image = await project.getModelRepository("credit-risk").getModelImage({ version: 1 });
    assert.equal(image["Accuracy"], 1);
    assert.equal(image["Input-Data-Source"], "s3://credit-risk-dataset-201706");
    assert.equal(image["Author"], userInfo().username);
    const [log] = await image.getAttachments();
    assert.equal(log?.filename, "log.txt");
    assert.match((await log?.text()) ?? "", /^epoch 500 {2}accuracy/);
  });
});

describe("getCurrentProject", () => {
  const projectIn = async (yaml: string | undefined, variable?: string) => {
    const where = join(folder, `project-${++count}`);
    mkdirSync(where);
    if (yaml !== undefined) writeFileSync(join(where, "cairn.yml"), yaml);
    if (variable !== undefined) process.env["CAIRN_PROJECT"] = variable;
    try {
      return (await getCurrentProject({ client, folder: where })).name;
    } finally {
      delete process.env["CAIRN_PROJECT"];
    }
  };

  it("takes cairn.yml, else CAIRN_PROJECT, else default", async () => {
    assert.equal(await projectIn("project: credit\n", "other"), "credit");
    assert.equal(await projectIn("runtime: python3\n", "other"), "other");
    assert.equal(await projectIn(undefined, "other"), "other");
    assert.equal(await projectIn(undefined, "  "), "default");
    assert.equal(await projectIn("# nothing\n"), "default");
  });

  it("refuses a cairn.yml whose project is no name, and one that cannot be read", async () => {
    for (const yaml of ["project:\n", "project: [a]\n", "project: ''\n"])
      await refuses("invalid", () => projectIn(yaml), /Please specify `project` in cairn\.yml/);
    const where = join(folder, "unreadable");
    mkdirSync(join(where, "cairn.yml"), { recursive: true });
    await refuses("invalid", () => getCurrentProject({ client, folder: where }), /Cannot read cairn\.yml/);
  });

  it("names a project that the server lacks at its first use", async () => {
    const elsewhere = openProject(client, "nowhere");
    await refuses("not_found", () => elsewhere.listModelRepositories(), /No project is named 'nowhere'/);
    await refuses("not_found", () => elsewhere.createModelRepository("a"), /No project is named 'nowhere'/);
  });
});

describe("repositories", () => {
  it("are made, listed by name, and made once", async () => {
    await project.createModelRepository("zebra", { description: "stripes" });
    await project.createModelRepository("aardvark");
    const names = (await project.listModelRepositories()).map(({ name }) => name);
    assert.deepEqual(names, [...names].sort());
    assert.ok(names.includes("zebra") && names.includes("aardvark"));
    await refuses("conflict", () => project.createModelRepository("zebra"), /zebra/);
    await refuses("invalid", () => project.createModelRepository("a/b"), /no '\/'/);
    assert.equal((await client.models.find("zebra"))?.author, "ada");
  });

  it("that are not there are refused at their first use, and nothing is stored", async () => {
    const repo = project.getModelRepository("no such");
    for (const act of [() => repo.getTags(), () => repo.getModelImage(), () => repo.newModelImage(model).save()])
      await refuses("not_found", act, /has no model repository 'no such'/);
    assert.equal(await client.models.find("no such"), undefined);
  });

  it("that are deleted take no images", async () => {
    const repo = await freshRepository();
    const { id = -1 } = (await client.models.find(repo.name)) ?? {};
    await client.models.delete(id);
    await refuses("precondition", () => repo.newModelImage(model).save(), /deleted/);
    assert.ok((await project.listModelRepositories()).every(({ name }) => name !== repo.name));
  });
});

describe("an image", () => {
  it("is stored by save alone, as version 1, 2, 3, and knows its version then", async () => {
    const repo = await freshRepository();
    const first = repo.newModelImage(model);
    assert.deepEqual(
      [first.version, first.id, String(first)],
      [undefined, undefined, `<ModelImage default/${repo.name}@new>`],
    );
    await refuses("not_found", () => repo.getModelImage(), /no image yet/);
    await first.save({ comment: "one" });
    await repo.newImage(model).save("two");
    const third = repo.newModelImage(model);
    await third.save();
    assert.deepEqual([first.version, third.version, first.comment, third.comment], [1, 3, "one", ""]);
    assert.match(first.id ?? "", /^[0-9a-f]{12}$/);
    assert.notEqual(first.id, third.id);
    assert.equal(String(third), `<ModelImage default/${repo.name}@3>`);
    assert.deepEqual(versionsOf(await repo.getActivity()), [3, 2, 1]);
  });

  it("gets its automatic metadata when it is saved", async () => {
    const repo = await freshRepository();
    const image = repo.newModelImage(model);
    image["Accuracy"] = 0.5;
    assert.deepEqual(image.getMetadata(), { Accuracy: 0.5 });
    const earliest = Date.now();
    await image.save("why");
    const { Date: date, ...rest } = image.getMetadata();
    assert.match(String(date), /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/);
    const at = Date.parse(`${String(date)}Z`);
    assert.ok(at >= earliest && at <= Date.now());
    assert.deepEqual(rest, {
      "Model-ID": image.id,
      "Model-Name": repo.name,
      "Model-Version": 1,
      Author: "ada",
      "Content-Encoding": "json",
      Comment: "why",
      Tag: ["latest"],
      Accuracy: 0.5,
    });
    const again = await repo.getModelImage({ version: 1 });
    assert.deepEqual(again.getMetadata(), image.getMetadata());
    assert.equal(again.get("Model-Version"), 1);
  });

  it("never changes once it is saved, and is saved once", async () => {
    const repo = await freshRepository();
    const image = repo.newModelImage(model);
    const [won, lost] = await Promise.allSettled([image.save(), image.save()]);
    assert.deepEqual([won.status, lost.status], ["fulfilled", "rejected"]);
    for (const one of [image, await repo.getModelImage()]) {
      const acts: (() => unknown)[] = [
        () => one.save(),
        () => one.set("a", 1),
        () => {
          one["a"] = 1;
        },
        () => delete one["a"],
        () => one.setMetadata({}),
        () => one.attach("a.txt", "a"),
      ];
      for (const act of acts) await refuses("precondition", act, /^ModelImage can't be modified once created/);
    }
    assert.deepEqual(versionsOf(await repo.getActivity()), [1]);
    const [version] = (await client.versions.search({ models: [(await client.models.find(repo.name))?.id ?? -1] }))
      .items;
    assert.equal(version?.state, "sealed");
  });

  it("that cannot be saved leaves nothing, and may be saved again", async () => {
    const repo = await freshRepository();
    const { id = -1 } = (await client.models.find(repo.name)) ?? {};
    const image = repo.newModelImage(model);
    await image.attach("a", "a file");
    await image.attach("a/b", "a file below a file");
    await refuses("conflict", () => image.save("no"), /a/);
    assert.deepEqual((await client.versions.search({ models: [id] })).items, []);
    assert.equal(await repo.getModelImage().catch(() => "none"), "none");
    const early = project.getModelRepository(`later ${++count}`);
    const patient = early.newModelImage(model, { a: 1 });
    await refuses("not_found", () => patient.save(), /no model repository/);
    await project.createModelRepository(early.name);
    await patient.save();
    assert.deepEqual([patient.version, patient["a"]], [1, 1]);
  });

  it("has the run that trained it, if it is told", async () => {
    const repo = await freshRepository();
    const { id } = await client.runs.create({ name: "training" });
    await repo.newModelImage(model).save({ comment: "from a run", run: id });
    assert.equal((await client.versions.resolve(repo.name)).run, id);
  });
});

describe("metadata", () => {
  it("are a dictionary and attributes alike", async () => {
    const repo = await freshRepository();
    const image = repo.newModelImage(model, { Source: "s3://it's" });
    image.set("Accuracy", 0.83);
    image["Input-Data-Source"] = "a b";
    image.set("then", "a name that promises look at");
    assert.deepEqual([image["Accuracy"], image.Accuracy, image.get("Accuracy")], [0.83, 0.83, 0.83]);
    assert.deepEqual([image["nothing"], image.get("nothing"), image.get("nothing", 7)], [undefined, undefined, 7]);
    assert.deepEqual(["Accuracy" in image, image.has("Accuracy"), "nothing" in image], [true, true, false]);
    delete image["Accuracy"];
    assert.equal(image.has("Accuracy"), false);
    await image.save();
    const again = await repo.getModelImage();
    assert.deepEqual(
      [again["Source"], again["Input-Data-Source"], again["then"]],
      ["s3://it's", "a b", "a name that promises look at"],
    );
  });

  it("are replaced by setMetadata, which takes what getMetadata gave", async () => {
    const repo = await freshRepository();
    const first = repo.newModelImage(model, { a: 1, b: [1, { c: null }] });
    await first.save("first");
    const second = repo.newModelImage(model, { gone: true });
    second.setMetadata(first.getMetadata());
    assert.deepEqual(second.getMetadata(), { a: 1, b: [1, { c: null }] });
    await second.save();
    assert.deepEqual([second["Model-Version"], second.comment], [2, ""]);
  });

  it("do not leak from one image into another", async () => {
    const repo = await freshRepository();
    const given = { list: [1] as Json[] };
    const image = repo.newModelImage(model, given);
    image["x"] = 1;
    given.list.push(2);
    (image.getMetadata()["list"] as Json[]).push(3);
    assert.deepEqual(image.getMetadata(), { list: [1], x: 1 });
    assert.deepEqual(repo.newModelImage(model).getMetadata(), {});
  });

  it("are refused when the key is the image's own or automatic, or the value is no plain data", async () => {
    const repo = await freshRepository();
    const image = repo.newModelImage(model);
    for (const key of ["Model-Version", "model-id", "Content-Encoding", "Date"])
      await refuses("invalid", () => image.set(key, "x"), /set by itself/);
    await refuses("invalid", () => Reflect.set(image, "version", 7), /attribute of the image itself/);
    image.set("version", 7);
    assert.deepEqual([image.version, image.get("version")], [undefined, 7]);
    const cyclic: unknown[] = [];
    cyclic.push(cyclic);
    for (const value of [undefined, () => 1, new Map(), new Date(), 1n, [undefined], { a: Number.NaN }, cyclic])
      await refuses("invalid", () => image.set("bad", value as Json), /./);
    await refuses("invalid", () => image.set("", 1), /key/);
    await refuses("invalid", () => image.setMetadata({ ok: 1, bad: new Map() as unknown as Json }), /bad/);
    assert.deepEqual(image.getMetadata(), { version: 7 });
    image["not a number"] = Number.NaN;
    await image.save();
    assert.ok(Number.isNaN((await repo.getModelImage())["not a number"]));
  });
});

describe("attachments", () => {
  it("are text and binary, from streams, files, blobs and bytes, and come back with size and checksum", async () => {
    const repo = await freshRepository();
    const file = join(folder, "log.txt");
    writeFileSync(file, "höher\nschneller\n");
    const image = repo.newModelImage(model);
    await image.attach("text mode.txt", createReadStream(file, "utf8"));
    await image.attach("binary mode.txt", createReadStream(file));
    await image.attach("opened.txt", await openFile(file));
    await image.attach("plots/bytes.bin", new Uint8Array([0, 255, 10]));
    await image.attach("blob", new Blob(["blob"]));
    await image.attach("web stream", new Blob(["web"]).stream());
    await image.attach("empty", "");
    await image.attach("twice", "first");
    await image.attach("twice", "second");
    writeFileSync(file, "later\n".repeat(3));
    const staged = await image.getAttachments();
    assert.equal(staged.find(({ filename }) => filename === "twice")?.size, 6);
    writeFileSync(file, "höher\nschneller\n");
    await image.save();
    const stored = await (await repo.getModelImage()).getAttachments();
    const texts = Object.fromEntries(await Promise.all(stored.map(async (one) => [one.filename, await one.text()])));
    assert.deepEqual(texts, {
      "binary mode.txt": "höher\nschneller\n",
      blob: "blob",
      empty: "",
      "opened.txt": "höher\nschneller\n",
      "plots/bytes.bin": "\0\ufffd\n",
      "text mode.txt": "höher\nschneller\n",
      twice: "second",
      "web stream": "web",
    });
    const bytes = stored.find(({ filename }) => filename === "plots/bytes.bin");
    assert.deepEqual([bytes?.size, [...((await bytes?.bytes()) ?? [])]], [3, [0, 255, 10]]);
    for (const { filename, checksum } of await image.getAttachments())
      assert.equal(checksum, stored.find((one) => one.filename === filename)?.checksum);
  });

  it("are refused for a name that leads out, a file that is not there, and what is no content", async () => {
    const repo = await freshRepository();
    const image = repo.newModelImage(model);
    for (const name of ["../a", "/etc/passwd", "a/../../b", "", "a\\b", "C:/x", "%2e%2e/a"])
      await refuses("invalid", () => image.attach(name, "a"), /Invalid path/);
    await assert.rejects(image.attach("a", createReadStream(join(folder, "no such file"))), /ENOENT/);
    await refuses("invalid", () => image.attach("a", 7 as unknown as string), /must be text, bytes/);
    await refuses("invalid", () => image.attach("a", [1] as unknown as string), /gave a number/);
    assert.deepEqual(await image.getAttachments(), []);
  });
});

describe("tags", () => {
  it("name one version, move, and latest moves by itself", async () => {
    const repo = await freshRepository();
    assert.deepEqual(await repo.getTags(), {});
    for (const comment of ["one", "two"]) await repo.newModelImage(model).save(comment);
    await repo.addTag("production", 1);
    assert.deepEqual(await repo.getTags(), { production: 1, latest: 2 });
    assert.equal((await repo.getModelImage({ tag: "production" })).comment, "one");
    assert.equal((await repo.getModelImage({ tag: "latest" })).comment, "two");
    assert.equal((await repo.getModelImage()).comment, "two");
    await repo.addTag("production", 2);
    assert.deepEqual((await repo.getModelImage({ version: 2 }))["Tag"], ["latest", "production"]);
    assert.deepEqual((await repo.getModelImage({ version: 1 }))["Tag"], []);
    await repo.newModelImage(model).save("three");
    assert.deepEqual(await repo.getTags(), { production: 2, latest: 3 });
  });

  it("are refused when reserved, all digits or of no version, and change nothing then", async () => {
    const repo = await freshRepository();
    await repo.newModelImage(model).save();
    await refuses("invalid", () => repo.addTag("latest", 1), /reserved/);
    await refuses("invalid", () => repo.addTag("12", 1), /not digits alone/);
    await refuses("invalid", () => repo.addTag("a b", 1), /alias/);
    await refuses("not_found", () => repo.addTag("live", 9), /no version 9/);
    await refuses("invalid", () => repo.addTag("live", 0.5), /whole number/);
    assert.deepEqual(await repo.getTags(), { latest: 1 });
  });

  it("and versions that are not there are named", async () => {
    const repo = await freshRepository();
    await repo.newModelImage(model).save();
    await refuses("not_found", () => repo.getModelImage({ version: 2 }), /no version 2/);
    await refuses("not_found", () => repo.getModelImage({ tag: "live" }), /no tag 'live'/);
    await refuses("invalid", () => repo.getModelImage({ tag: "1" }), /a number is a version/);
    await refuses("invalid", () => repo.getModelImage({ version: 0 }), /whole number/);
    await refuses("invalid", () => repo.getModelImage({ version: 1, tag: "latest" }), /not both/);
    const { id = -1 } = (await client.models.find(repo.name)) ?? {};
    await client.versions.create(id, { label: "1.0" });
    await refuses("not_found", () => repo.getModelImage({ version: 2 }), /draft/);
    await refuses("not_found", () => repo.getModelImage({ tag: "1.0" }), /draft/);
    assert.equal((await repo.getModelImage()).version, 1);
  });
});

describe("activity", () => {
  it("is that of the whole project or of one repository, newest first, as many as asked for", async () => {
    const [one, other] = [await freshRepository(), await freshRepository()];
    await one.newModelImage(model).save("a");
    await other.newModelImage(model).save("b");
    await one.newModelImage(model).save("c");
    const comments = (images: readonly ModelImage[]) => images.map(({ comment }) => comment);
    assert.deepEqual(comments(await project.getModelActivity(undefined, { limit: 3 })), ["c", "b", "a"]);
    assert.deepEqual(comments(await project.getModelActivity(one.name)), ["c", "a"]);
    assert.deepEqual(comments(await one.getActivity({ limit: 1 })), ["c"]);
    await refuses("not_found", () => project.getModelActivity("no such"), /no such/);
  });
});
