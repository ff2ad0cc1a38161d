import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseTime } from "./time-text.ts";

test("what a date writes as ISO-8601 reads back to the millisecond", () => {
  const years = {
    min: new Date("0000-01-01T00:00:00Z"),
    max: new Date("9999-12-31T23:59:59.999Z"),
    noInvalidDate: true,
  };
  fc.assert(fc.property(fc.date(years), (date) => assert.equal(parseTime(date.toISOString()), date.getTime())));
});

test("a bare date is midnight UTC, an offset moves it, seconds may be left out", () => {
  assert.equal(parseTime("2024-05-01"), Date.UTC(2024, 4, 1));
  assert.equal(parseTime("2024-05-01T12:30+02:00"), Date.UTC(2024, 4, 1, 10, 30));
  assert.equal(parseTime("2024-05-01 12:30:05.5-0130"), Date.UTC(2024, 4, 1, 14, 0, 5, 500));
});

test("days and hours that do not exist are no time", () => {
  for (const text of [
    "2024-02-30",
    "2023-02-29",
    "2024-13-01",
    "2024-01-01T24:00",
    "2024-01-01T00:60",
    "24-01-01",
    "-7d",
    "",
  ]) {
    assert.equal(parseTime(text), null, text);
  }
  assert.notEqual(parseTime("2024-02-29"), null);
});
