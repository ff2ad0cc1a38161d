// `cairn push`, `pull`, `scan`, `profiles`, `versions`, on both kinds of centre.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCairn } from "../support/command.ts";
import { inBothCentres } from "./support/centres.ts";

inBothCentres("cairn's commands for the file centre", {
  "push, scan, versions, profiles and pull, with a rehearsal that changes nothing": async (world) => {
    const { modelName, centerPath, work } = world;
    const at = ["--center", centerPath];
    const ask = async (...args: string[]) => {
      const { status, stdout, stderr } = await runCairn([...args, ...at]);
      assert.equal(status, 0, stderr);
      return stdout;
    };
    const folder = join(work, "ws");
    mkdirSync(folder);
    writeFileSync(join(folder, "a.py"), "a");
    writeFileSync(join(folder, "b.log"), "b");
    assert.match(
      await ask("push", `${modelName}:1.0`, folder, "--dry-run"),
      /new\s+a\.py.*\n.*\nWould push 2 files, 2 B\./,
    );
    assert.equal(JSON.parse(await ask("profiles", "--json"))[modelName], undefined);
    await ask("push", `${modelName}:1.0`, folder, "--exclude", "*.log", "--visibility", "public");
    assert.match(await ask("push", `${modelName}:1.0`, folder), /new\s+b\.log.*\nPushed 1 file, 1 B; 1 unchanged\./);
    assert.match(await ask("scan", `${modelName}:1.0`), /FILE.*\na\.py\s+1 B.*0cc175b9c0f1b6a831c399e269772661/);
    assert.equal(
      JSON.parse(await ask("scan", `${modelName}:1.0`, "--include", "*.log", "--json"))[0].filename,
      "b.log",
    );
    assert.match(await ask("versions", modelName), /1\.0\s+draft\s+2\s+2 B/);
    assert.match(await ask("profiles"), new RegExp(`${modelName}\\s+public`));
    const to = join(work, "to");
    assert.match(await ask("pull", `${modelName}:1.0`, to, "--dry-run"), /Would pull 2 files/);
    assert.equal(existsSync(to), false);
    assert.equal(JSON.parse(await ask("pull", `${modelName}:1.0`, to, "--json")).moved.length, 2);
    assert.equal(readFileSync(join(to, "a.py"), "utf8"), "a");
  },

  "says what is wrong in one line, with an exit status": async ({ modelName, centerPath, work }) => {
    const cases: [string[], number, RegExp][] = [
      [["push", modelName, work], 2, /NAME:VERSION, such as credit:1\.0/],
      [["push", `${modelName}:1.0`, join(work, "nope")], 1, /There is no file or folder/],
      [["pull", `${modelName}-x:1.0`, work], 1, /No model .* is in the centre.*cairn profiles/],
      [["pull", `${modelName}:9`, work], 1, /has no version '9'\. See: cairn versions|No model/],
      [["versions", "nobody"], 1, /No model 'nobody'/],
      [["scan", "a b:1"], 2, /model's name/],
      [["push", `${modelName}:1.0`, work, "--subdir", "../x"], 2, /'\.\.' is not a name/],
      [["push", `${modelName}:1.0`, "/dev/null"], 2, /neither a file nor a folder/],
      [["pull", `${modelName}:1.0`, work, "--merge", "mine"], 2, /--merge 'mine' is none of error, keep, overwrite/],
    ];
    for (const [args, expected, text] of cases) {
      const { status, stderr, stdout } = await runCairn([...args, "--center", centerPath]);
      assert.equal(status, expected, `${args.join(" ")}: ${stderr}`);
      assert.match(stderr, text);
      assert.match(stderr, /^cairn: .*\n$/);
      assert.equal(stdout, "");
    }
    const { stdout: registered } = await runCairn(["profiles", "--json", "--center", centerPath]);
    assert.equal(JSON.parse(registered)[modelName], undefined, "what was refused has registered nothing");
    for (const name of ["push", "pull", "scan", "profiles", "versions"])
      assert.match((await runCairn([name, "--help"])).stdout, new RegExp(`Examples:\\n  cairn ${name}`));
  },
});
