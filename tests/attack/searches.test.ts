import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { api, attackServer, foreign, refused, times } from "./support/server.ts";

const target = attackServer([], ({ run }) =>
  times(60, (i) =>
    run({
      name: `n${i}`,
      tags: { long: `${"ab".repeat(5000)}${i}`, k: `v${i % 7}` },
      parameters: [{ key: "p", value: i % 3 === 0 ? `x${i}` : i }],
    }),
  ),
);
const search = (input: object) => target.post(`${api}/runs/search`, input);

describe("a filter that was made to cost", () => {
  // 60 texts of 10 KB under a pattern of 10 KB: minutes, in which no search and no chart was answered.
  it("is refused once its patterns have cost too much, and the next search is answered", async () => {
    for (const pattern of [`%${"a_".repeat(4900)}c%`, `%${"_".repeat(4000)}c%`]) {
      refused(await search({ filter: `tags.long like '${pattern}'` }), 400, /cost too much/);
      refused(
        await target.post(`${foreign}/runs/search`, { experiment_ids: ["0"], filter: `tags.long like '${pattern}'` }),
        400,
        /cost too much/,
      );
      assert.equal((await search({ filter: "tags.long like '%aba%'" })).json.items.length, 50);
    }
    const term = { op: "like", field: { kind: "tag", key: "long" }, ignoreCase: true, negated: true };
    // Each of them is just cheap enough: what counts is what they cost together.
    const terms = Array.from({ length: 900 }, (_, i) => ({ ...term, pattern: `%${"a_".repeat(40)}${i}c%` }));
    refused(await search({ filter: { op: "and", terms } }), 400, /cost too much/);
  });

  it("is answered where it is only odd", async () => {
    for (const filter of [
      `tags.long like '${"%a".repeat(20_000)}%'`,
      `tags.long like '%${"ab".repeat(2500)}c%'`,
      `tags.long ilike '${"%aB%".repeat(15_000)}'`,
      Array(900).fill("tags.long like '%c%'").join(" or "),
      " ".repeat(65_000),
    ]) {
      assert.equal((await search({ filter })).status, 200, filter.slice(0, 40));
    }
  });

  it("is refused by a short message where it cannot be read, however long it is", async () => {
    const odd = ['"', "'", "`", "\\", "é", "😀", "(", "a.", "nan", "1e", "<", "not ", "name in (,"];
    for (const text of [...odd.map((part) => part.repeat(Math.floor(60_000 / part.length))), "a".repeat(70_000)]) {
      refused(await search({ filter: text }), 400, /./);
      refused(await search({ order: text }), 400, /./);
      refused(await target.post(`${api}/experiments/search`, { filter: text }), 400, /./);
    }
    const deep = `${"(".repeat(10_000)}name = 'a'${")".repeat(10_000)}`;
    for (const filter of [deep, `${"not ".repeat(10_000)}name = 'a'`])
      refused(await search({ filter }), 400, /100 levels/);
    refused(await search({ filter: Array(1001).fill("name = 'a'").join(" and ") }), 400, /1000 comparisons/);
  });

  it("is text and never a command", async () => {
    for (const filter of ["name = 'a''; drop table runs; --'", `tags."x' or '1'='1" = 'a'`, "name like '%'';--%'"]) {
      assert.deepEqual((await search({ filter })).json.items, [], filter);
    }
    assert.equal((await search({ limit: 1000 })).json.items.length, 60);
  });
});

describe("a cursor", () => {
  it("of another search, or changed anywhere, is refused", async () => {
    const input = { limit: 5, order: "params.p desc" };
    const { next } = (await search(input)).json;
    for (const other of [
      { order: "tags.k" },
      { order: "params.p" },
      { filter: "name != 'q'" },
      { lifecycle: "all" },
      { experiments: [0] },
    ]) {
      refused(await search({ ...input, ...other, cursor: next }), 400, /belongs to a search with another/);
    }
    refused(await target.post(`${api}/experiments/search`, { cursor: next }), 400, /belongs to a search with another/);
    const places = Array.from({ length: next.length }, (_, i) => i);
    for (const at of places) {
      const letter = next[at] === "Q" ? "R" : "Q";
      const { status, text } = await search({ ...input, cursor: next.slice(0, at) + letter + next.slice(at + 1) });
      assert.equal(status, 400, `${at} ${text}`);
    }
    const made = [[], {}, null, [1], [1, 0, 0, "x"], Array(1000).fill(1)].map((value) => JSON.stringify(value));
    for (const text of [...made, "[".repeat(20_000) + "]".repeat(20_000), "\0"]) {
      refused(await search({ ...input, cursor: Buffer.from(text).toString("base64url") }), 400, /not a cursor/);
    }
  });

  it("of a history, changed anywhere, gives points or is refused", async () => {
    const id = await target.run();
    const series = { x: { steps: Array.from({ length: 100 }, (_, i) => i), values: Array(100).fill(1) } };
    await target.post(`${api}/runs/${id}/log`, { series });
    const { next } = (await target.get(`${api}/runs/${id}/history?key=x&limit=10`)).json;
    for (let at = 0; at < next.length; at++) {
      for (const letter of ["A", "-", "%00"]) {
        const cursor = next.slice(0, at) + letter + next.slice(at + 1);
        const { status } = await target.get(`${api}/runs/${id}/history?key=x&limit=10&cursor=${cursor}`);
        assert.ok(status === 200 || status === 400, `${at} ${letter} ${status}`);
      }
    }
  });
});

describe("an answer that would be too large", () => {
  // A thousand series of ten thousand buckets: 3.4 GB of memory, and a text longer than a string may be.
  it("is refused for a chart", async () => {
    const id = await target.run();
    await target.post(`${api}/runs/${id}/log`, { series: { x: { steps: [1, 2, 3], values: [1, 2, 3] } } });
    const chart = (count: number, buckets: number) =>
      target.post(`${api}/series/buckets`, { series: Array(count).fill({ run: id, key: "x" }), buckets });
    refused(await chart(1000, 10_000), 413, /1000 series of 10000 buckets/);
    assert.equal((await chart(1000, 1000)).json.length, 1000);
  });

  it("is parted for a search: the page ends early, and its cursor goes on after its last run", async () => {
    const { id: experiment } = (await target.post(`${api}/experiments`, { name: "large" })).json;
    const text = "v".repeat(900_000);
    const tags = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`t${i}`, text]));
    const made: string[] = [];
    for (let i = 0; i < 5; i++) made.push(await target.run({ experiment, tags }));
    const pages: string[][] = [];
    let cursor: string | undefined;
    do {
      const page = (await search({ experiments: [experiment], limit: 100, cursor })).json;
      pages.push(page.items.map(({ id }: { id: string }) => id));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    assert.deepEqual(
      pages.map(({ length }) => length),
      [4, 1],
    );
    assert.deepEqual(pages.flat(), made.reverse());
  });
});

describe("ids", () => {
  it("that are none name nothing, in words", async () => {
    for (const id of [
      "%00",
      "..",
      "%2e%2e",
      "é",
      "%20",
      "A".repeat(32),
      "0".repeat(31),
      `${"0".repeat(31)}%00`,
      "a".repeat(60_000),
    ]) {
      for (const path of ["", "/history?key=a", "/artifacts/a", "/series", "/notes"]) {
        const { status, text } = await target.get(`${api}/runs/${encodeURI(id).replaceAll("%25", "%")}${path}`);
        assert.ok(status === 400 || status === 404, `${id.slice(0, 40)} ${path} ${text.slice(0, 200)}`);
      }
    }
    for (const id of ["-1", "1e3", "01.0", "9".repeat(30), "%200", "0x0", "%00"]) {
      assert.equal((await target.get(`${api}/experiments/${id}`)).status, 400, id);
      assert.equal((await target.get(`${api}/events?experiment=${id}`)).status, 400, id);
    }
  });

  // Ids are never given out again: with it went every client that names no experiment.
  it("of experiment 0 stay: it may be deleted, not purged", async () => {
    assert.equal((await target.remove(`${api}/experiments/0`)).status, 204);
    refused(await target.post(`${api}/experiments/0/purge`, ""), 412, /stays/);
    assert.equal((await target.post(`${api}/experiments/0/restore`, "")).status, 200);
    await target.run();
  });
});
