// Paths are the one thing that strangers send and the file system obeys: nothing may leave its tree, by whatever spelling,
// on whatever road, through whatever link somebody planted. Whole sets of roads and spellings, so each test asks often.
import assert from "node:assert/strict";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { raw } from "../services/support/raw.ts";
import { api, attackServer, foreign, proxy, refused, type Target } from "./support/server.ts";

const outside = mkdtempSync(join(tmpdir(), "cairn-attack-"));
const root = join(outside, "root");
after(() => rmSync(outside, { recursive: true, force: true }));

const blobs = attackServer();
const plain = attackServer(["--artifacts-destination", root]);
writeFileSync(join(outside, "secret"), "SECRET");

/** As they go over the line; each leads out, or is no name, once it is decoded as often as anybody might decode it. */
const hostile = [
  "../secret",
  "..%2fsecret",
  "%2e%2e/secret",
  ".%2e/secret",
  "%2e%2e%2fsecret",
  "a/../../secret",
  "a/..%2f..%2f..%2fsecret",
  "a/..",
  "/etc/passwd",
  "%2fetc%2fpasswd",
  "//host/share",
  "..%5csecret",
  "..\\secret",
  "%5c%5chost%5cshare",
  "C:/x",
  "c%3a%5cx",
  "C:x",
  "a%00b",
  "%00",
  "a%0ab",
  "a%7fb",
  "a%c2%85b",
  ".",
  "..",
  "%2e",
  "a//b",
  "./a",
  "a/./b",
  "%252e%252e%252fsecret",
  "%25252e%25252e%25252fsecret",
  "%252fetc%252fpasswd",
  "..%255csecret",
  "..%25252fsecret",
  "a%2500b",
  "c%253a/x",
  `%${"25".repeat(9)}2e%${"25".repeat(9)}2e/secret`,
  `%${"25".repeat(14)}2e%${"25".repeat(14)}2e/secret`,
  "%c0%ae%c0%ae/secret",
  "..%c0%afsecret",
  "%ff%fe",
  "%ed%a0%80",
  "%ud800",
  "%zz",
  encodeURI("a".repeat(256)),
  encodeURI("é".repeat(128)),
  `${"a/".repeat(1100)}b`,
];
/** Only odd: names like any other on the native roads. */
const odd = [
  "..;",
  "~",
  "%20",
  "...",
  "CON",
  "%25",
  "100%25",
  "a%2520b",
  "%e2%80%ae",
  "..%ef%bc%8fx",
  "%EF%BC%8E%EF%BC%8E",
  "a%3fb",
];

for (const [kind, target] of [
  ["blobs", blobs],
  ["plain files", plain],
] as const) {
  describe(`paths, over ${kind}`, () => {
    it("that lead out are refused in words on every road, and nothing is written, read or removed", async () => {
      const run = await target.run();
      const kept = filesOf(target);
      const roads = [`${api}/runs/${run}/artifacts/`, `${api}/files/`, `${proxy}/0/${run}/artifacts/`, `${proxy}/`];
      for (const road of roads) {
        for (const [method, body] of [["PUT", "x"], ["GET"], ["DELETE"]] as const) {
          const answers = await Promise.all(
            hostile.map((path) => raw(target.cairn.url, road + path, { method, ...(body && { body }) })),
          );
          answers.forEach(({ status, text }, index) => {
            const what = `${method} ${road}${hostile[index]?.slice(0, 80)} ${text.slice(0, 200)}`;
            assert.equal(status, 400, what);
            assert.doesNotMatch(text, /SECRET/, what);
            assert.match(text, /"message":"[^"]{5}/, what);
          });
        }
      }
      assert.deepEqual((await target.get(`${api}/runs/${run}/artifacts`)).json.items, []);
      assert.deepEqual((await target.get(`${api}/files`)).json.items, []);
      assert.deepEqual(filesOf(target), kept);
    });

    it("that lead out are refused in a query, where a folder or a file is named", async () => {
      const run = await target.run();
      const queries = [
        `${foreign}/artifacts/list?run_id=${run}&path=`,
        `/get-artifact?run_id=${run}&path=`,
        `${proxy.replace(/\/artifacts$/, "/artifacts")}?path=`,
        `${api}/runs/${run}/artifacts?folder=`,
        `${api}/files?folder=`,
      ];
      await target.put(`${api}/runs/${run}/artifacts/own/x`, "own");
      for (const query of queries) {
        // Else a misspelt parameter would make all of them fail for another reason.
        const fine = query.startsWith("/get") ? "own/x" : "own";
        assert.equal((await target.get(query + fine)).status, 200, query);
        for (const path of hostile.filter((text) => !/^(?:\.|%2e|%zz|%ud800|%ff%fe|%ed%a0%80|.*%c0.*)$/.test(text))) {
          const { status, text } = await target.get(query + path.replaceAll("\\", "%5c"));
          assert.equal(status, 400, `${query}${path.slice(0, 80)} ${text.slice(0, 200)}`);
        }
      }
    });

    it("that are only odd are names", async () => {
      const run = await target.run();
      for (const path of odd) {
        assert.equal((await target.put(`${api}/runs/${run}/artifacts/${path}`, path)).status, 200, path);
        assert.equal((await target.get(`${api}/runs/${run}/artifacts/${path}`)).text, path);
      }
    });

    it("are read by ranges as far as they go, however the range is written", async () => {
      const run = await target.run();
      const path = `${api}/runs/${run}/artifacts/f`;
      await target.put(path, "0123456789");
      const huge = "9".repeat(30);
      const odd = [
        "bytes=-",
        "bytes=a-b",
        "bytes=1-0",
        "bytes=0x1-2",
        "bytes=1e1-",
        "bytes=+1-2",
        `bytes=${huge}-`,
        `bytes=0-${huge}`,
        `bytes=-${huge}`,
      ];
      for (const road of [path, `/get-artifact?run_id=${run}&path=f`, `${proxy}/0/${run}/artifacts/f`]) {
        for (const range of [...odd, "bytes=0-0,".repeat(2000)]) {
          const { status, text } = await target.get(road, { range });
          assert.ok(status === 200 || status === 206, `${range.slice(0, 40)} ${status}`);
          assert.equal(text, "0123456789");
        }
        for (const range of ["bytes=10-", "bytes=-0", "bytes=10-10"])
          assert.equal((await target.get(road, { range })).status, 416, range);
        assert.equal((await target.get(road, { range: "bytes=9-9" })).text, "9");
      }
      const etag = String((await target.get(path)).headers.etag);
      for (const known of ["*", etag, `W/${etag}`, `"x", ${etag}`, `,,${etag},`]) {
        assert.equal((await target.get(path, { "if-none-match": known })).status, 304, known);
      }
      for (const other of ["", '"', '"a'.repeat(5000), etag.slice(1, -1)]) {
        assert.equal((await target.get(path, { "if-none-match": other })).status, 200, other.slice(0, 40));
      }
    });
  });
}

/** Every file with its size, in the server's folder and in the one that holds its destination and the secret. */
function filesOf({ cairn }: Target): string[] {
  return [cairn.dataDir, outside]
    .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !/^(?:cairn|lock)\.sqlite/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => `${path} ${lstatSync(path).size}`)
    .sort();
}

describe("links that somebody put there", () => {
  it("in a run's plain files lead nowhere", async () => {
    const run = await plain.run();
    await plain.put(`${api}/runs/${run}/artifacts/own`, "own");
    const folder = join(root, "0", run, "artifacts");
    for (const [name, to] of [
      ["file", join(outside, "secret")],
      ["folder", outside],
      ["all", "/"],
    ] as const)
      symlinkSync(to, join(folder, name));
    for (const path of ["file", "folder/secret", "folder/new", "all/etc/passwd"]) {
      for (const road of [
        `${api}/runs/${run}/artifacts/`,
        `${proxy}/0/${run}/artifacts/`,
        `${api}/files/0/${run}/artifacts/`,
      ]) {
        const got = await plain.get(road + path);
        assert.equal(got.status, 403, road + path);
        assert.doesNotMatch(got.text, /SECRET|cairn-attack/);
        assert.equal((await plain.put(road + path, "EVIL")).status, 403, road + path);
      }
    }
    const { json: list } = await plain.get(`${api}/runs/${run}/artifacts`);
    assert.deepEqual(list.items, [{ path: "own", isFolder: false, size: 3 }]);
    assert.equal((await plain.remove(`${api}/runs/${run}/artifacts/folder`)).status, 200);
    assert.equal(readFileSync(join(outside, "secret"), "utf8"), "SECRET");
  });

  it("among the blobs are not followed, and sound bytes take their place", async () => {
    const run = await blobs.run();
    const put = async (path: string, text: string) =>
      (await blobs.put(`${api}/runs/${run}/artifacts/${path}`, text)).json.digest as string;
    const folder = join(blobs.cairn.dataDir, "blobs");
    const one = await put("one", "PUBLIC");
    const file = join(folder, one.slice(0, 2), one);
    rmSync(file);
    symlinkSync(join(outside, "secret"), file);
    assert.doesNotMatch((await blobs.get(`${api}/runs/${run}/artifacts/one`)).text, /SECRET/);
    await put("again", "PUBLIC");
    assert.equal((await blobs.get(`${api}/runs/${run}/artifacts/one`)).text, "PUBLIC");
    // A whole shard that leads out: the blob would lie there, acknowledged and never found again.
    const two = await put("two", "another content");
    const shard = join(folder, two.slice(0, 2));
    const elsewhere = join(outside, "shard");
    renameSync(shard, elsewhere);
    symlinkSync(elsewhere, shard);
    rmSync(join(elsewhere, two));
    refused(await blobs.put(`${api}/runs/${run}/artifacts/three`, "another content"), 503, /stands where/);
    assert.deepEqual(readdirSync(elsewhere), []);
    // Once it is gone the next write makes the shard anew, without a restart.
    rmSync(shard);
    await put("two", "another content");
    assert.equal((await blobs.get(`${api}/runs/${run}/artifacts/two`)).text, "another content");
    assert.equal(lstatSync(shard).isDirectory(), true);
  });

  it("in place of an upload's files take no byte", async () => {
    for (const name of ["data", "state"]) {
      const id = (await blobs.post(`${api}/uploads`, {})).json.id;
      const file = join(blobs.cairn.dataDir, "blobs", "uploads", id, name);
      rmSync(file);
      symlinkSync(join(outside, "secret"), file);
      const options = { method: "PATCH", headers: { "upload-offset": "0" }, body: "EVIL" };
      assert.notEqual((await raw(blobs.cairn.url, `${api}/uploads/${id}`, options)).status, 200);
    }
    assert.equal(readFileSync(join(outside, "secret"), "utf8"), "SECRET");
  });
});

describe("plain files of runs", () => {
  // Loose files lie below the same root: writing or removing them there went past the run, even a deleted one.
  it("are not written or removed as if they were nobody's", async () => {
    const run = await plain.run();
    await plain.put(`${api}/runs/${run}/artifacts/own`, "own");
    for (const road of [`${api}/files/`, `${proxy}/`]) {
      for (const path of ["0", `0/${run}`, `0/${run.toUpperCase()}/artifacts/evil`]) {
        assert.equal((await plain.remove(road + path)).status, 403, road + path);
        assert.equal((await plain.put(road + path, "evil")).status, 403, road + path);
      }
    }
    refused(await plain.put(`${api}/files/0/${run}/artifacts/evil`, "evil"), 403, /by the run/);
    assert.equal((await plain.get(`${api}/runs/${run}/artifacts/own`)).text, "own");
    assert.equal((await plain.put(`${api}/files/0-notes/${run}/x`, "fine")).status, 200);
  });

  // It answered "no such run", with the row gone and the files left for ever.
  it("go when the run is purged, or its experiment", async () => {
    const { id: experiment } = (await plain.post(`${api}/experiments`, { name: "purged" })).json;
    const runs = [await plain.run({ experiment }), await plain.run({ experiment }), await plain.run({ experiment })];
    for (const run of runs) await plain.put(`${api}/runs/${run}/artifacts/a/b`, run);
    const [first = ""] = runs;
    refused(await plain.post(`${api}/runs/${first}/purge`, ""), 412, /delete it/);
    assert.equal((await plain.get(`${api}/runs/${first}/artifacts/a/b`)).text, first);
    await plain.remove(`${api}/runs/${first}`);
    assert.equal((await plain.post(`${api}/runs/${first}/purge`, "")).status, 204);
    assert.equal(existsSync(join(root, String(experiment), first)), false);
    await plain.remove(`${api}/experiments/${experiment}`);
    assert.equal((await plain.post(`${api}/experiments/${experiment}/purge`, "")).status, 204);
    mkdirSync(join(root, String(experiment)), { recursive: true });
    assert.deepEqual(readdirSync(join(root, String(experiment))), []);
  });
});
