import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decodeBase64Url, encodeBase64Url } from "./base64url.ts";
import { decodeCursor, encodeCursor, searchScope } from "./cursor.ts";
import { matches } from "./match.ts";
import { pageRecords } from "./page-records.ts";
import { parseQuery } from "./parse.ts";
import { buildRecord, type PlainRecord } from "./record.ts";
import { compareBy, readPosition } from "./sort-key.ts";
import { anyExpression, anyNumber, anyOrder, anyRecord, anyText } from "./testing.ts";

const invalid = { code: "invalid" };
const scope = searchScope("runs", "all", parseQuery("name = 'a'"), []);

test("bytes read back from base64url, and only from what it writes", () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const text = encodeBase64Url(bytes);
      assert.equal(text, Buffer.from(bytes).toString("base64url"));
      assert.deepEqual(decodeBase64Url(text), bytes);
    }),
  );
  for (const text of ["A", "AB=", "A+B/", "é", "AB"]) assert.equal(decodeBase64Url(text), null, text);
});

test("a cursor keeps its keys exactly: NaN, infinities, missing, any text", () => {
  const key = fc.oneof(anyNumber, anyText, fc.constant(null), fc.constant("NaN"));
  fc.assert(
    fc.property(fc.array(key, { maxLength: 4 }), fc.nat(), (keys, row) => {
      assert.deepEqual(decodeCursor(encodeCursor(scope, { keys, row }), scope, keys.length), { keys, row });
    }),
  );
});

test("a cursor that was changed anywhere, or made up, is refused", () => {
  const cursor = encodeCursor(scope, { keys: [0.5, "a"], row: 70 });
  for (let i = 0; i < cursor.length; i++) {
    const changed = cursor.slice(0, i) + (cursor[i] === "A" ? "B" : "A") + cursor.slice(i + 1);
    assert.throws(() => decodeCursor(changed, scope, 2), invalid, changed);
  }
  for (const text of [
    "",
    "null",
    encodeBase64Url(Buffer.from("null")),
    encodeBase64Url(Buffer.from("[1,2,3]")),
    "{}",
    "é",
  ]) {
    assert.throws(() => decodeCursor(text, scope, 2), invalid, text);
  }
});

test("a cursor of another search is refused", () => {
  const cursor = encodeCursor(scope, { keys: [], row: 70 });
  for (const other of [
    searchScope("runs", "all", parseQuery("name = 'b'"), []),
    searchScope("runs", "all", null, []),
    searchScope("runs", "1", parseQuery("name = 'a'"), []),
    searchScope("experiments", "all", parseQuery("name = 'a'"), []),
  ]) {
    assert.throws(() => decodeCursor(cursor, other, 0), { code: "invalid", message: /another filter, order or scope/ });
  }
});

test("long texts are cut in keys, between code points, so that cursors stay small", () => {
  const record = buildRecord({ row: 1, tags: { note: "😀".repeat(5000) } });
  const position = readPosition(record, [{ field: { kind: "tag", key: "note" }, descending: false }]);
  assert.deepEqual(position.keys, ["😀".repeat(256)]);
});

test("the pages of any search are, end to end, all that matches in order", () => {
  fc.assert(
    fc.property(
      fc.array(anyRecord, { maxLength: 12 }),
      fc.option(anyExpression),
      anyOrder,
      fc.integer({ min: 1, max: 5 }),
      (plains, filter, order, limit) => {
        const records = plains.map((plain: Omit<PlainRecord, "row">, row) => buildRecord({ row, ...plain }));
        const whole = records.filter((record) => matches(filter, record)).sort(compareBy(order));
        const pages: unknown[] = [];
        let cursor: string | null = null;
        do {
          const page: ReturnType<typeof pageRecords> = pageRecords(records, { filter, order, limit, cursor, scope });
          assert.ok(page.records.length === limit || page.next === null);
          pages.push(...page.records);
          cursor = page.next;
        } while (cursor !== null);
        assert.deepEqual(pages, whole);
      },
    ),
    { numRuns: 300 },
  );
});
