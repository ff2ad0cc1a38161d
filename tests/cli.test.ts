// The commands as a person runs them: processes of their own against a server of its own.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer, get } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { createClient } from "@cairn/client";
import { packPoints } from "@cairn/core";
import { type CairnProcess, startCairn } from "./support/cairn-process.ts";
import { runCairn } from "./support/command.ts";

const main = join(import.meta.dirname, "..", "packages", "cli", "bin", "cairn.js");

const cairn = (args: readonly string[], env: Record<string, string> = {}) => runCairn(args, { env });

describe("the commands that ask a server", () => {
  let server: CairnProcess;
  let run: string;
  const ask = (...args: string[]) => cairn(args, { CAIRN_URL: server.url });

  before(async () => {
    server = await startCairn();
    const client = createClient(server.url);
    const { id } = await client.experiments.create({ name: "digits 'n' more 🎉" });
    const created = await client.runs.create({
      experiment: id,
      name: "it's\u001b[31m red",
      parameters: [{ group: "opt", key: "lr", value: 0.1 }],
    });
    run = created.id;
    const points = [0.5, 0.25, Number.NaN].map((value, step) => ({ key: "val/loss", step, time: 1000 + step, value }));
    await client.runs.log(run, { points: packPoints(points), tags: { team: "vision" } });
    await client.artifacts.write(
      run,
      "notes/a.txt",
      (async function* () {
        yield new TextEncoder().encode("hello");
      })(),
    );
    await client.runs.addNote(run, "looks fine");
    await client.runs.update(run, { state: "finished" });
  });
  after(() => server[Symbol.asyncDispose]());

  it("lists experiments as a table, and as JSON for programs", async () => {
    const table = await ask("experiments");
    assert.equal(table.status, 0, table.stderr);
    assert.match(table.stdout, /ID\s+NAME\s+NEWEST RUN\s+CREATED/);
    assert.match(table.stdout, /digits 'n' more 🎉/);
    const json = JSON.parse((await ask("experiments", "--json")).stdout) as { name: string }[];
    assert.deepEqual(
      json.map(({ name }) => name),
      ["digits 'n' more 🎉", "Default"],
    );
  });

  it("lists the runs of an experiment by its name, apostrophes and emoji included", async () => {
    const { stdout, stderr, status } = await ask("runs", "--experiment", "digits 'n' more 🎉");
    assert.equal(status, 0, stderr);
    assert.match(stdout, new RegExp(`${run.slice(0, 8)}\\s+it's \\[31m red\\s+finished`));
    assert.ok(!stdout.includes("\u001b"), "no escape sequence of a stored name reaches the terminal");
  });

  it("filters and orders", async () => {
    const found = async (filter: string) =>
      (JSON.parse((await ask("runs", "--json", "--filter", filter)).stdout) as unknown[]).length;
    assert.equal(await found(`params."opt/lr" = 0.1 and tags.team like 'vis%'`), 1);
    assert.equal(await found("tags.team = 'other'"), 0);
  });

  it("shows a run by its id, by the start of it, and by its name", async () => {
    for (const name of [run, run.slice(0, 10), "it's\u001b[31m red"]) {
      const { stdout, status, stderr } = await ask("runs", "show", name);
      assert.equal(status, 0, stderr);
      for (const part of ["opt/lr", "val/loss", "NaN", "team", "notes/a.txt", "looks fine"])
        assert.ok(stdout.includes(part), part);
    }
    const json = JSON.parse((await ask("runs", "show", run, "--json")).stdout) as {
      id: string;
      metrics: { latest: { value: unknown } }[];
    };
    assert.equal(json.id, run);
    assert.equal(json.metrics[0]?.latest.value, "NaN");
  });

  it("deletes, restores, and purges only what is deleted and confirmed", async () => {
    assert.equal((await ask("runs", "purge", run, "--yes")).status, 1);
    assert.match((await ask("runs", "delete", run)).stdout, /restore/);
    assert.equal(JSON.parse((await ask("runs", "--json")).stdout).length, 0);
    assert.equal((await ask("runs", "purge", run)).status, 2, "without a terminal it wants --yes");
    assert.match((await ask("runs", "restore", run)).stdout, /Restored/);
    assert.equal(JSON.parse((await ask("runs", "--json")).stdout).length, 1);
  });

  it("checks and cleans a folder whose server runs, by asking it", async () => {
    const checked = await ask("check", "--data-dir", server.dataDir);
    assert.equal(checked.status, 0, checked.stderr + checked.stdout);
    assert.match(checked.stdout, /sound/);
    const freed = JSON.parse((await ask("gc", "--data-dir", server.dataDir, "--json")).stdout) as {
      freedBytes: number;
    };
    assert.equal(freed.freedBytes, 0);
  });

  // Both once passed over --url and looked at ./cairn-data, of which they then said that everything is sound.
  it("checks and cleans the server that is named, and says which", async () => {
    for (const command of ["check", "gc"]) {
      for (const args of [[command], [command, "--url", server.url]]) {
        const { stdout, stderr, status } = await ask(...args);
        assert.equal(status, 0, stderr);
        assert.ok(stdout.includes(server.url), stdout);
      }
      assert.equal((await ask(command, "--url", server.url, "--data-dir", server.dataDir)).status, 2);
      const nobody = await ask(command, "--url", "http://127.0.0.1:9");
      assert.equal(nobody.status, 1);
      assert.match(nobody.stderr, /No server answers at http:\/\/127\.0\.0\.1:9\./);
    }
  });

  it("says what is wrong, with an exit status that tells a failure from a wrong call", async () => {
    const cases: [string[], number, RegExp][] = [
      [["runs", "show", "nope"], 1, /No run has the id or name 'nope'/],
      [["runs", "--experiment", "nope"], 1, /No experiment is named 'nope'/],
      [["runs", "--filter", "loss >"], 2, /character/],
      [["runs", "--limit", "0"], 2, /--limit '0'/],
      [["bogus"], 2, /unknown command 'bogus'/],
      [["runs", "bogus"], 2, /There is no command 'runs bogus'/],
      [["runs", "show"], 2, /missing required argument 'run'/],
      [["help", "bogus"], 2, /There is no such command/],
      [["--url", "nonsense", "runs"], 2, /--url 'nonsense'/],
      [["check", "--data-dir", "/no/such/folder"], 2, /no folder/],
      [
        ["serve", "--data-dir", server.dataDir, "--port", "0"],
        1,
        new RegExp(`using the folder.* listens at ${server.url} \\(process ${server.process.pid}\\)\\.\n$`),
      ],
    ];
    for (const [args, status, text] of cases) {
      const answer = await ask(...args);
      assert.equal(answer.status, status, `${args.join(" ")}: ${answer.stderr}`);
      assert.match(answer.stderr, text);
      assert.equal(answer.stdout, "");
    }
  });

  // A message over several lines, or with a stack, is one that nobody reads.
  it("says it in one line", async () => {
    for (const args of [
      ["runs", "--fliter", "x"],
      ["runs", "--filter", "a = "],
      ["serve", "--port", "x"],
    ]) {
      assert.match((await ask(...args)).stderr, /^cairn: .*[.?]\n$/);
    }
  });

  it("tells an empty list from a filter that nothing matches", async () => {
    assert.match((await ask("runs", "--experiment", "Default")).stdout, /There is no run in experiment 'Default'/);
    assert.match((await ask("runs", "--filter", "name = 'x'")).stdout, /No run matches the filter: name = 'x'/);
    assert.match((await ask("experiments", "--deleted")).stdout, /There is no deleted experiment/);
  });

  it("ends quietly when its reader goes away", async () => {
    const child = spawn("sh", ["-c", `"${process.execPath}" "${main}" runs show ${run} | true`], {
      env: { ...process.env, CAIRN_URL: server.url },
    });
    let stderr = "";
    child.stderr.on("data", (bytes: Buffer) => {
      stderr += bytes;
    });
    await once(child, "close");
    assert.equal(stderr, "");
  });
});

it("prints the help when nothing is asked, and the version", async () => {
  const help = await cairn([]);
  assert.equal(help.status, 0);
  assert.match(help.stdout, /Usage: cairn/);
  assert.match((await cairn(["--version"])).stdout, /^\d+\.\d+\.\d+\n$/);
});

// Opening a folder makes it one of ours: `gc --data-dir /tmp` left a database there.
it("leaves a folder alone that is no server's", async () => {
  const folder = mkdtempSync(join(tmpdir(), "cairn-other-"));
  try {
    for (const command of ["check", "gc"]) {
      const { status, stderr } = await cairn([command, "--data-dir", folder]);
      assert.equal(status, 2);
      assert.match(stderr, /is no server's/);
    }
    assert.deepEqual(readdirSync(folder), []);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it("lets the public name in, and shows it in links", async () => {
  await using server = await startCairn({ args: ["--public-url", "http://gpu1.example.org:4600"] });
  assert.match(server.output(), /http:\/\/gpu1\.example\.org:4600\/docs/);
  const ask = (host: string) =>
    new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
      const request = get(`${server.url}/docs`, { headers: { host } }, (response) => {
        let text = "";
        response.on("data", (bytes: Buffer) => {
          text += bytes;
        });
        response.on("end", () => resolve({ status: response.statusCode, text }));
      });
      request.on("error", reject);
    });
  const known = await ask("gpu1.example.org:4600");
  assert.equal(known.status, 200);
  assert.match(known.text, /http:\/\/gpu1\.example\.org:4600\/api\/v1\//);
  const refused = await ask("other.example.org:4600");
  assert.equal(refused.status, 403);
  assert.match(refused.text, /--public-url http:\/\/other\.example\.org:4600/);
});

it("says how to start a server when none answers", async () => {
  const { status, stderr } = await cairn(["experiments", "--url", "http://127.0.0.1:9"]);
  assert.equal(status, 1);
  assert.match(stderr, /No server answers at http:\/\/127\.0\.0\.1:9\. Start one with: cairn serve/);
});

// The wrong port is often another program's, which may answer anything with 200.
it("says so when another program answers", async () => {
  for (const [status, body] of [
    [200, "<html>hello</html>"],
    [404, "no such page"],
  ] as const) {
    const stranger = createServer((request, response) => {
      request.resume();
      response.writeHead(status, { "content-type": "text/html" }).end(body);
    });
    await new Promise<void>((resolve) => stranger.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`;
    for (const command of ["experiments", "check"]) {
      const answer = await cairn([command, "--url", url]);
      assert.equal(answer.status, 1);
      assert.match(answer.stderr, new RegExp(`^cairn: What answers at ${url} is no Cairn server.*\n$`));
    }
    stranger.closeAllConnections();
    stranger.close();
  }
});

it("checks a folder that no server has, by opening it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "cairn-check-"));
  try {
    const server = await startCairn({ dataDir: folder });
    assert.equal(await server.stop(), 0);
    const { status, stdout, stderr } = await cairn(["check", "--data-dir", folder]);
    assert.equal(status, 0, stderr);
    assert.match(stdout, /Everything is sound/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
