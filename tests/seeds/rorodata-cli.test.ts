// Seed 001: the five commands, as a person runs them.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { type Client, createClient } from "@cairn/client";
import { openProject, type Project } from "@cairn/client/rorodata";
import { mountSmallDisk, unmount } from "../faults/support/mounts.ts";
import { bytesOf } from "../services/support/expect.ts";
import { type CairnProcess, startCairn } from "../support/cairn-process.ts";
import { runCairn } from "../support/command.ts";

let server: CairnProcess;
let client: Client;
let project: Project;
let folder: string;

before(async () => {
  server = await startCairn();
  client = createClient(server.url);
  project = openProject(client, "default", { author: "ada" });
  const credit = await project.createModelRepository("credit-risk");
  const first = credit.newModelImage(
    { bias: 1 },
    { Accuracy: 0.83, "input-data": "s3://it's", "multi\tline": "a\nb\u001b[31m" },
  );
  await first.attach("log.txt", "trained");
  await first.save("first\n\nwith a second line");
  await credit.newModelImage({ bias: 2 }).save();
  await credit.addTag("production", 1);
  const other = await project.createModelRepository("other");
  await other.newModelImage(new Map([[1, 2]])).save("a map");
});
after(() => server[Symbol.asyncDispose]());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cairn-models-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const cairn = (...args: string[]) =>
  runCairn(args, { cwd: folder, env: { CAIRN_URL: server.url, CAIRN_PROJECT: undefined } });

describe("cairn models", () => {
  it("lists the repositories of the project that the folder names", async () => {
    const { stdout, status, stderr } = await cairn("models");
    assert.equal(status, 0, stderr);
    assert.match(stdout, /^NAME +LATEST +TAGS +UPDATED\n/);
    assert.match(stdout, /\ncredit-risk +2 +production:1 +just now\nother +1 +just now\n$/);
    const names = (JSON.parse((await cairn("models", "--json")).stdout) as { name: string }[]).map(({ name }) => name);
    assert.deepEqual(names, ["credit-risk", "other"]);
    writeFileSync(join(folder, "cairn.yml"), "project: elsewhere\n");
    const missing = await cairn("models");
    assert.deepEqual([missing.status, missing.stdout], [1, ""]);
    assert.match(missing.stderr, /No project is named 'elsewhere'/);
  });
});

describe("cairn models:create", () => {
  it("makes a repository once", async () => {
    const made = await cairn("models:create", "it's new", "--description", "why");
    assert.deepEqual(
      [made.status, made.stdout],
      [0, "Created the model repository 'it's new' in project 'default'.\n"],
    );
    assert.equal((await client.models.find("it's new"))?.description, "why");
    assert.equal((await cairn("models:create", "it's new")).status, 1);
    assert.equal((await cairn("models:create", "a:b")).status, 2);
    assert.equal((await cairn("models:create")).status, 2);
    await client.models.delete((await client.models.find("it's new"))?.id ?? -1);
  });
});

describe("cairn models:log", () => {
  it("prints like git's log, newest first, of one repository or of all", async () => {
    const { stdout, status, stderr } = await cairn("models:log", "credit-risk");
    assert.equal(status, 0, stderr);
    const id = "Model-ID: [0-9a-f]{12}\nModel-Name: credit-risk\nModel-Version";
    const date = "Date: \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3}";
    const entries = `^${id}: 2\n${date}\n\n${id}: 1\n${date}\n\n    first\n\n    with a second line\n\n$`;
    assert.match(stdout, new RegExp(entries));
    const all = await cairn("models:log");
    assert.deepEqual(all.stdout.match(/Model-Name: .*/g), [
      "Model-Name: other",
      "Model-Name: credit-risk",
      "Model-Name: credit-risk",
    ]);
    const one = await cairn("models:log", "--limit", "1");
    assert.match(one.stdout, /Model-Name: other[\s\S]*There are more/);
  });

  it("prints all metadata with -a: four keys, then the others in order, without comment and tag", async () => {
    const { stdout } = await cairn("models:log", "credit-risk", "-a");
    assert.match(
      stdout,
      /Model-Version: 1\nDate: .*\nAccuracy: 0\.83\nAuthor: ada\nContent-Encoding: json\ninput-data: s3:\/\/it's\nmulti line: "a\\nb\\u001b\[31m"\n\n {4}first\n/,
    );
    assert.ok(!/^(Comment|Tag):/m.test(stdout));
    assert.ok(!stdout.includes("\u001b"), "no escape sequence of a stored text reaches the terminal");
    const [latest, first] = JSON.parse((await cairn("models:log", "credit-risk", "--json")).stdout);
    assert.deepEqual([latest["Tag"], first["Tag"], first["Accuracy"]], [["latest"], ["production"], 0.83]);
  });

  it("says when there is nothing, and refuses an unknown name", async () => {
    await project.createModelRepository("empty");
    assert.equal((await cairn("models:log", "empty")).stdout, "There is no model image in 'empty' yet.\n");
    const { status, stderr } = await cairn("models:log", "no such");
    assert.equal(status, 1);
    assert.match(stderr, /has no model repository 'no such'/);
    assert.equal((await cairn("models:log", "--limit", "x")).status, 2);
    await client.models.delete((await client.models.find("empty"))?.id ?? -1);
  });
});

describe("cairn models:show", () => {
  it("prints the metadata of a version, a tag, or the latest", async () => {
    const versionOf = async (ref: string) => /Model-Version: (\d+)/.exec((await cairn("models:show", ref)).stdout)?.[1];
    assert.deepEqual(
      [await versionOf("credit-risk:1"), await versionOf("credit-risk:production"), await versionOf("credit-risk")],
      ["1", "1", "2"],
    );
    const { stdout } = await cairn("models:show", "credit-risk:1");
    assert.match(stdout, /^Model-ID: [0-9a-f]{12}\n[\s\S]*Accuracy: 0\.83\n[\s\S]* {4}first\n/);
    const json = JSON.parse((await cairn("models:show", "credit-risk:1", "--json")).stdout);
    assert.deepEqual(
      [json["Model-Version"], json.attachments[0].filename, json.attachments[0].size],
      [1, "log.txt", 7],
    );
  });

  it("refuses what names no image with 'Invalid model reference' and exit status 1", async () => {
    for (const ref of [
      "credit-risk:9",
      "credit-risk:nope",
      "no such",
      "credit-risk:",
      ":1",
      "credit-risk:01",
      "a:b:c",
    ]) {
      for (const command of ["models:show", "models:download"]) {
        const { status, stdout, stderr } = await cairn(command, ref);
        assert.deepEqual([status, stdout], [1, ""], stderr);
        assert.ok(stderr.startsWith(`cairn: Invalid model reference '${ref}': `), stderr);
      }
    }
    assert.deepEqual(readdirSync(folder), []);
  });
});

describe("cairn models:download", () => {
  it("writes NAME-vVERSION.EXT, or the file that is named, and replaces none unless told", async () => {
    const { stdout, status, stderr } = await cairn("models:download", "credit-risk:production");
    assert.equal(status, 0, stderr);
    assert.equal(stdout, "Wrote credit-risk-v1.json (10 B), version 1 of 'credit-risk'.\n");
    assert.equal(readFileSync(join(folder, "credit-risk-v1.json"), "utf8"), '{"bias":1}');
    const again = await cairn("models:download", "credit-risk:1");
    assert.equal(again.status, 1);
    assert.match(again.stderr, /'credit-risk-v1\.json' is there already/);
    const refused = await cairn("models:download", "credit-risk:2", "-o", "credit-risk-v1.json");
    assert.equal(refused.status, 1);
    assert.equal(readFileSync(join(folder, "credit-risk-v1.json"), "utf8"), '{"bias":1}');
    const forced = await cairn("models:download", "credit-risk:2", "-o", "credit-risk-v1.json", "--force", "--json");
    assert.deepEqual(JSON.parse(forced.stdout), {
      file: join(folder, "credit-risk-v1.json"),
      name: "credit-risk",
      version: 2,
      bytes: 10,
    });
    assert.equal(readFileSync(join(folder, "credit-risk-v1.json"), "utf8"), '{"bias":2}');
    assert.deepEqual(readdirSync(folder), ["credit-risk-v1.json"]);
  });

  it("writes a model of several files as a tar archive that tar unpacks", async () => {
    const { id } = await client.models.create({ name: "several" });
    const { number } = await client.versions.create(id);
    const long = `sub/${"ü".repeat(60)}/${"x".repeat(120)}.bin`;
    const files = { MLmodel: "flavors", [long]: "y".repeat(2000), empty: "" };
    for (const [path, text] of Object.entries(files)) await client.versionFiles.write(id, number, path, bytesOf(text));
    await client.versions.seal(id, number);
    const { status, stderr } = await cairn("models:download", "several");
    assert.equal(status, 0, stderr);
    const { status: unpacked, stderr: said } = spawnSync("tar", ["-xf", "several-v1.tar"], {
      cwd: folder,
      encoding: "utf8",
    });
    assert.equal(unpacked, 0, said);
    for (const [path, text] of Object.entries(files)) assert.equal(readFileSync(join(folder, path), "utf8"), text);
    await client.models.delete(id);
  });

  it("leaves nothing when the file cannot be written, or there is none", async () => {
    const nowhere = await cairn("models:download", "credit-risk", "-o", join(folder, "no", "such", "folder"));
    assert.equal(nowhere.status, 1);
    assert.match(nowhere.stderr, /^cairn: Cannot write '.*folder': there is no such file or folder\.\n$/);
    const unnamed = await cairn("models:download", "credit-risk", "-o", "");
    assert.deepEqual([unnamed.status, unnamed.stderr.slice(0, 24)], [2, "cairn: -o needs a file's"]);
    const { id } = await client.models.create({ name: "bare" });
    await client.versions.create(id, { state: "sealed", source: "s3://elsewhere" });
    const bare = await cairn("models:download", "bare");
    assert.equal(bare.status, 1);
    assert.match(bare.stderr, /has no files here/);
    assert.ok(!existsSync(join(folder, "bare-v1.bin")));
    assert.deepEqual(readdirSync(folder), []);
    await client.models.delete(id);
  });
});

it("a full disk is told of, and no file is left", async (t) => {
  const disk = join(folder, "disk");
  mkdirSync(disk);
  if (!mountSmallDisk(disk, 1)) return t.skip("a small disk cannot be mounted by this user");
  try {
    const large = await project.createModelRepository("large");
    await large.newModelImage(new Uint8Array(2 * 1024 * 1024)).save();
    const { status, stderr } = await cairn("models:download", "large", "-o", join(disk, "m.bin"));
    assert.equal(status, 1);
    assert.match(stderr, /^cairn: Cannot write '.*m\.bin': the disk is full\. Nothing was changed; free some space/);
    assert.deepEqual(readdirSync(disk), []);
  } finally {
    unmount(disk);
  }
});

it("each command has a help with examples", async () => {
  for (const name of ["models", "models:create", "models:log", "models:show", "models:download"]) {
    const { status, stdout } = await cairn(name, "--help");
    assert.equal(status, 0);
    assert.match(stdout, new RegExp(`Usage: cairn ${name}[\\s\\S]*--url[\\s\\S]*Examples:\n {2}cairn ${name}`));
  }
});
