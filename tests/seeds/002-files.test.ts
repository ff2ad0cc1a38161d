// Seed 002, tutorial 0: a centre of files. Every scenario runs on a folder and on a server, with the same results.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { APILocal, listProfiles, ModelFile, openCentre, type Pipe } from "@cairn/client/centre";
import { refuses } from "../services/support/expect.ts";
import { type CentreWorld, inBothCentres } from "./support/centres.ts";

const md5 = (text: string) => createHash("md5").update(text).digest("hex");

function put(folder: string, files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const read = (...path: string[]) => readFileSync(join(...path), "utf8");
const pipeOf = ({ modelName, centerPath }: CentreWorld, version = "1.0"): Promise<Pipe> =>
  new ModelFile({ modelName, version, centerPath }).filepipe();

inBothCentres("the file centre", {
  "the seed's sample runs": async ({ centerPath }) => {
    const out = execFileSync(process.execPath, ["examples/seeds/002-files/sample.ts", centerPath], {
      cwd: join(import.meta.dirname, "..", ".."),
      encoding: "utf8",
    });
    assert.match(out, /\[ 'model_name-vmodel_version' \]/);
    assert.match(out, new RegExp(`crc: '${md5("print('hello')")}'`));
  },

  "a pipe is made once, and opened again": async (world) => {
    const pipe = await pipeOf(world);
    assert.equal(pipe.name, `${world.modelName}-v1.0`);
    assert.ok(pipe.dir.startsWith(`${pipe.filerepo}/`) && pipe.dir.endsWith("/"));
    for (const name of ["filerepo", "server", "filereporoot", "filedb", "key"] as const) assert.ok(pipe.config[name]);
    assert.deepEqual(
      [pipe.filerepo, pipe.config.filerepo.startsWith(`${pipe.config.filereporoot}/`)],
      [pipe.config.filerepo, true],
    );
    await pipe.importFile(join(put(world.work, { "here.txt": "found" }), "here.txt"));
    const found = world.isServer ? await (await fetch(`${pipe.dir}here.txt`)).text() : read(pipe.dir, "here.txt");
    assert.equal(found, "found", "dir is where the files are");
    assert.deepEqual((await pipeOf(world)).config, pipe.config);
    assert.equal(pipe.config.visibility, "private");
  },

  "a centre is private or public, as it was said last": async ({ modelName, centerPath }) => {
    const options = { modelName, version: "1", centerPath };
    assert.equal((await new ModelFile({ ...options, visibility: "public" }).filepipe()).config.visibility, "public");
    assert.equal((await new ModelFile(options).filepipe()).config.visibility, "public");
    assert.equal((await listProfiles({ centerPath }))[modelName]?.visibility, "public");
    assert.throws(() => new ModelFile({ ...options, visibility: "secret" as never }), /private or public/);
  },

  "importFile keeps the base name, makes the subdir, replaces, and moves when asked": async (world) => {
    const pipe = await pipeOf(world);
    const file = join(put(world.work, { "deep/model.db": "one" }), "deep", "model.db");
    assert.equal(await pipe.importFile(file), "model.db");
    assert.equal(await pipe.importFile(file, { subdir: "a/b", move: true }), "a/b/model.db");
    assert.equal(existsSync(file), false);
    put(world.work, { "deep/model.db": "two" });
    await pipe.importFile(file);
    const [found] = await pipe.scanLocal({ attributes: true });
    assert.deepEqual(
      found.map(({ filename, size, crc }) => [filename, size, crc]),
      [
        ["a/b/model.db", 3, md5("one")],
        ["model.db", 3, md5("two")],
      ],
    );
  },

  "importFiles takes all or none": async (world) => {
    const pipe = await pipeOf(world);
    const { work } = world;
    put(work, { "a.txt": "a", "b.txt": "b", "sub/a.txt": "other" });
    const names = (...files: string[]) => files.map((file) => join(work, file));
    await refuses("not_found", () => pipe.importFiles(names("a.txt", "nope.txt")), /nope\.txt.*no such file/);
    await refuses("invalid", () => pipe.importFiles(names("a.txt", "sub/a.txt")), /both be 'a\.txt'/);
    await refuses("invalid", () => pipe.importFiles(names("a.txt", "sub")), /not a file/);
    assert.deepEqual(await pipe.scanLocal(), []);
    assert.deepEqual(await pipe.importFiles(names("a.txt", "b.txt"), { subdir: "x" }), ["x/a.txt", "x/b.txt"]);
  },

  "importDir takes a folder's contents, twice as well as once, below a subdir when asked": async (world) => {
    const pipe = await pipeOf(world);
    const folder = put(join(world.work, "ws"), { "a.txt": "a", "sub/b.py": "b", ".cairn/own": "x" });
    await pipe.importDir(folder);
    assert.deepEqual(await pipe.importDir(folder), ["a.txt", "sub/b.py"]);
    await pipe.importDir(folder, { subdir: "copy", exclude: "*.txt", move: true });
    assert.deepEqual(await pipe.scanLocal(), ["a.txt", "copy/sub/b.py", "sub/b.py"]);
    assert.deepEqual(readdirSync(folder).sort(), [".cairn", "a.txt"]);
  },

  "scanLocal chooses by globs over the whole path, sorts, and gives the tuple": async (world) => {
    const pipe = await pipeOf(world);
    const { work } = world;
    for (const [path, text] of [
      ["z.py", "1"],
      ["sub/b.py", "22"],
      ["a.csv", "333"],
    ] as const) {
      put(work, { [path]: text });
      await pipe.importDir(work);
    }
    assert.deepEqual(await pipe.scanLocal({ include: "*.py" }), ["sub/b.py", "z.py"]);
    assert.deepEqual(await pipe.scanLocal({ include: "*.csv|?.py" }), ["a.csv", "z.py"]);
    assert.deepEqual(await pipe.scanLocal({ include: "[!a]*", exclude: "sub/*" }), ["z.py"]);
    const [bySize, scanned] = await pipe.scanLocal({ sortby: "size", attributes: true });
    assert.deepEqual(
      bySize.map(({ filename }) => filename),
      ["z.py", "sub/b.py", "a.csv"],
    );
    assert.deepEqual(scanned, ["a.csv", "sub/b.py", "z.py"]);
    assert.deepEqual(await pipe.scanLocal({ sortby: "mod" }), ["z.py", "sub/b.py", "a.csv"]);
    assert.ok(bySize[0]?.modifiedAt instanceof Date && Date.now() - bySize[0].modifiedAt.getTime() < 600_000);
    await refuses("invalid", () => pipe.scanLocal({ sortby: "crc" as never }), /name, mod, size/);
  },

  "pullFile writes <folder>/<file> and gives its path; pullDir takes all, again and again": async (world) => {
    const pipe = await pipeOf(world);
    await pipe.importDir(put(join(world.work, "from"), { "sub/a.txt": "a", "b.txt": "b", "twin.txt": "b", empty: "" }));
    const to = join(world.work, "to", "deep");
    assert.equal(await pipe.pullFile("sub/a.txt", to), join(to, "sub/a.txt"));
    assert.equal(read(to, "sub/a.txt"), "a");
    const all = ["b.txt", "empty", "sub/a.txt", "twin.txt"];
    for (let i = 0; i < 2; i++) {
      assert.deepEqual(
        await pipe.pullDir(to),
        all.map((path) => join(to, path)),
      );
    }
    assert.deepEqual([read(to, "b.txt"), read(to, "twin.txt"), read(to, "empty")], ["b", "b", ""]);
    await refuses("not_found", () => pipe.pullFile("nope", to), /no file 'nope'/);
    await refuses("invalid", () => pipe.pullFile("../x", to));
  },

  "deleteFilesLocal deletes in the centre, all named files or none": async (world) => {
    const pipe = await pipeOf(world);
    const folder = put(join(world.work, "ws"), { a: "a", "d/b": "b", "d/c": "c", e: "e" });
    await pipe.importDir(folder);
    await refuses("not_found", () => pipe.deleteFilesLocal({ files: ["a", "nope"] }), /nope.*Nothing was deleted/);
    await refuses("invalid", () => pipe.deleteFilesLocal(), /Say which files/);
    await refuses("invalid", () => pipe.deleteFilesLocal({ files: ["a"], confirm: true }), /Nobody can be asked/);
    await refuses("invalid", () => pipe.deleteFilesLocal({ deleteAll: true }), /Nobody can be asked/);
    assert.deepEqual(await pipe.deleteFilesLocal({ files: ["a"], confirm: () => false }), []);
    assert.deepEqual(await pipe.deleteFilesLocal({ files: ["a", "nope"], confirm: false, ignoreErrors: true }), ["a"]);
    assert.deepEqual(await pipe.deleteFilesLocal({ files: "d" }), ["d/b", "d/c"]);
    assert.deepEqual(await pipe.scanLocal(), ["e"]);
    assert.deepEqual(readdirSync(folder).sort(), ["a", "d", "e"], "the workspace is not touched");
    assert.deepEqual(await pipe.deleteFilesLocal({ deleteAll: true, confirm: false }), ["e"]);
    await refuses("not_found", () => pipe.scanLocal(), /no longer/);
    await pipe.importFile(join(folder, "a"));
    assert.deepEqual(await pipe.scanLocal(), ["a"]);
  },

  "listLocalPipes names the versions that have files, oldest first": async (world) => {
    const { modelName, centerPath } = world;
    for (const version of ["2.0", "1.0", "model_version"]) {
      const pipe = await pipeOf(world, version);
      if (version !== "1.0") await pipe.importFile(join(put(world.work, { f: version }), "f"));
    }
    const api = APILocal({ profile: modelName, centerPath });
    assert.deepEqual(await api.listLocalPipes(), [`${modelName}-v2.0`, `${modelName}-vmodel_version`]);
    assert.deepEqual((await api.listLocalPipes({ includeEmpty: true }))[1], `${modelName}-v1.0`);
    await refuses("not_found", () => APILocal({ profile: "nobody", centerPath }).listLocalPipes(), /nobody/);
  },

  "listProfiles has every model with its registration, keys masked": async (world) => {
    const pipe = await pipeOf(world);
    const profile = (await listProfiles({ centerPath: world.centerPath }))[world.modelName];
    const { key, ...rest } = pipe.config;
    assert.deepEqual(profile, { ...rest, key: `${key.slice(0, 4)}…` });
    if (!world.isServer) {
      const filecfg = join(world.centerPath, "cfg.json");
      assert.deepEqual(Object.keys(JSON.parse(read(filecfg))[world.modelName]).sort(), Object.keys(pipe.config).sort());
      assert.ok((await listProfiles({ filecfg }))[world.modelName]);
    }
  },

  "only what changed is pushed, and a dry run moves nothing": async (world) => {
    const { modelName, centerPath } = world;
    const folder = put(join(world.work, "ws"), { "a.txt": "a", "sub/b.txt": "b", "c.log": "c" });
    const pipe = await pipeOf(world);
    const plan = await pipe.push(folder, { dryRun: true, exclude: "*.log" });
    assert.deepEqual(plan.moved.map(({ path, action }) => [path, action]).sort(), [
      ["a.txt", "new"],
      ["sub/b.txt", "new"],
    ]);
    assert.deepEqual(await pipe.scanLocal(), []);
    const seen: number[] = [];
    await pipe.push(folder, { onProgress: ({ bytes }) => seen.push(bytes) });
    assert.equal(seen.at(-1), 3);
    put(folder, { "a.txt": "changed" });
    const second = await pipe.push(folder);
    assert.deepEqual(
      [second.moved, second.unchanged],
      [[{ path: "a.txt", size: 7, action: "changed" }], ["c.log", "sub/b.txt"]],
    );
    assert.equal((await openCentre(centerPath).versions(modelName))[0]?.bytes, 9);
  },

  "a changed remote is pulled where the own file stands, and is refused, kept or overwritten where both changed":
    async (world) => {
      const pipe = await pipeOf(world);
      const [mine, theirs] = [join(world.work, "mine"), join(world.work, "theirs")];
      await pipe.push(put(mine, { a: "1", b: "1" }));
      await pipe.pull(theirs);
      await pipe.push(put(theirs, { a: "2" }));
      const push = await pipe.push(mine);
      assert.deepEqual([push.moved, push.kept], [[], ["a"]], "what is newer in the centre is not overwritten");
      put(mine, { b: "mine" });
      const pull = await pipe.pull(mine);
      assert.deepEqual([pull.moved.map(({ path }) => path), pull.kept, read(mine, "a")], [["a"], ["b"], "2"]);
      await pipe.push(put(theirs, { b: "theirs" }));
      for (const act of [() => pipe.push(mine), () => pipe.pull(mine)])
        await refuses("conflict", act, /'b'.*Nothing was moved.*'keep' or 'overwrite'/);
      assert.equal(read(mine, "b"), "mine");
      assert.deepEqual((await pipe.pull(mine, { merge: "keep" })).kept, ["b"]);
      await pipe.pull(mine, { merge: "overwrite" });
      assert.equal(read(mine, "b"), "theirs");
      await refuses("invalid", () => pipe.pull(mine, { merge: "mine" as never }), /error, keep, overwrite/);
    },

  "a file that was never shared is not overwritten unasked": async (world) => {
    const pipe = await pipeOf(world);
    await pipe.push(put(join(world.work, "a"), { f: "1", g: "1" }));
    const other = put(join(world.work, "b"), { f: "2" });
    await refuses("conflict", () => pipe.pullDir(other), /'f'/);
    assert.deepEqual(readdirSync(other), ["f"]);
  },

  "names that lead out, links that lead out, and files in the way of folders are refused, and nothing moves": async (
    world,
  ) => {
    const pipe = await pipeOf(world);
    const folder = put(join(world.work, "ws"), { a: "a" });
    for (const subdir of ["..", "../x", "/x", "a/../../x", "a\\b"])
      await refuses("invalid", () => pipe.importFile(join(folder, "a"), { subdir }), /path/);
    put(folder, { "back\\slash": "x" });
    await refuses("invalid", () => pipe.push(folder), /backslash/);
    rmSync(join(folder, "back\\slash"));
    symlinkSync("/etc/hosts", join(folder, "link"));
    await refuses("invalid", () => pipe.importDir(folder), /'link' is a link out of/);
    assert.deepEqual(await pipe.scanLocal(), []);
    await pipe.importFile(join(folder, "a"), { subdir: "out" });
    await refuses("conflict", () => pipe.importFile(join(put(world.work, { out: "x" }), "out")), /'out' is a folder/);
    const [to, outside] = [join(world.work, "to"), join(world.work, "outside")];
    mkdirSync(to);
    mkdirSync(outside);
    symlinkSync(outside, join(to, "out"));
    await refuses("forbidden", () => pipe.pullDir(to), /is a link/);
    assert.deepEqual(readdirSync(outside), []);
  },

  "names are letters, digits and . _ -": async ({ centerPath }) => {
    for (const name of ["", ".", "..", "a/b", "a:b", "a b", "x".repeat(129), "a\\b"]) {
      assert.throws(() => new ModelFile({ modelName: name, version: "1", centerPath }), /model's name/);
      assert.throws(() => new ModelFile({ modelName: "m", version: name, centerPath }), /A version is/);
    }
    assert.throws(() => new ModelFile({ modelName: "m", version: "latest", centerPath }), /newest sealed/);
    assert.throws(() => new ModelFile({ modelName: "é".repeat(128), version: "1", centerPath }), /255 bytes/);
    for (const name of ["model_name", "1.0", "__proto__", "模型-1"]) {
      const pipe = await new ModelFile({ modelName: name, version: name, centerPath }).filepipe();
      assert.equal(pipe.name, `${name}-v${name}`);
      assert.ok(Object.keys(await listProfiles({ centerPath })).includes(name));
    }
  },

  "a pull that broke off goes on with the bytes that are there": async (world) => {
    const pipe = await pipeOf(world);
    const text = "0123456789".repeat(100_000);
    await pipe.importDir(put(join(world.work, "ws"), { big: text }));
    const digest = createHash("sha256").update(text).digest("hex");
    const to = join(world.work, "to");
    const part = join(to, ".cairn", "parts", digest);
    put(to, { [`.cairn/parts/${digest}`]: text.slice(0, 900_000) });
    const told: number[] = [];
    await pipe.pull(to, { onProgress: ({ bytes }) => told.push(bytes) });
    assert.ok((told[0] ?? 0) > 900_000, `began at ${told[0]}`);
    assert.equal(read(to, "big"), text);
    assert.equal(existsSync(part), false);
    rmSync(join(to, "big"));
    put(to, { [`.cairn/parts/${digest}`]: "damaged" });
    await pipe.pull(to);
    assert.equal(read(to, "big"), text, "a damaged part is thrown away");
  },
});
