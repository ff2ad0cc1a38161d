// A tracker's values on their way through every form: files, the server, data frames of Arquero and of Arrow.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { type Client, createClient } from "@cairn/client";
import { ModelTracker, type Row } from "@cairn/client/tracker";
import { fromArrow, table, toArrow, toArrowIPC } from "arquero";
import { mountSmallDisk, unmount } from "../faults/support/mounts.ts";
import { refuses } from "../services/support/expect.ts";
import { type CairnProcess, startCairn } from "../support/cairn-process.ts";

/** What forms are known to lose, spoil or take for something else. */
const hard: Row = {
  model_name: `A's "best", 1st\nmodel`,
  nan: Number.NaN,
  infinite: Number.NEGATIVE_INFINITY,
  nothing: null,
  date: "2026-01-31T09:05:00Z",
  train_time_strt: "2026-01-31T09:05:00Z",
  comma: "a,b;c\td",
  quote: `a"b'c\`d`,
  lines: "a\r\nb\nc\rd",
  unicode: "höher 模型 🎉 \u2028 é",
  digits: "12345678901234567890",
  padded: "007",
  yes: "True",
  empty: "",
  spaces: "  x ",
  formula: "=1+1",
  largest: Number.MAX_SAFE_INTEGER,
  smallest: 5e-324,
  third: 1 / 3,
  true: true,
  false: false,
  "a/b": "a slash",
  "a=b,c 'd' \"e\"": 1.5,
  "two\nlines": 3,
  模: 2,
};

let server: CairnProcess;
let client: Client;
let folder: string;
let count = 0;
before(async () => {
  server = await startCairn();
  client = createClient(server.url);
});
after(() => server[Symbol.asyncDispose]());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cairn-tracker-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function trackerOf(...rows: readonly Row[]): ModelTracker {
  const tracker = new ModelTracker();
  for (const row of rows) tracker.updateTrackerWDict(row);
  return tracker;
}

type Trip = (tracker: ModelTracker, back: ModelTracker) => Promise<void>;

const trips: Readonly<Record<string, Trip>> = {
  "a JSON file": async (tracker, back) => {
    await tracker.trackerToJson(join(folder, "t.json"));
    await back.importExistingJsonTracker(join(folder, "t.json"));
  },
  "a CSV file": async (tracker, back) => {
    await tracker.trackerToCsv(join(folder, "t.csv"));
    await back.importExistingCsvTracker(join(folder, "t.csv"));
  },
  "the server": async (tracker, back) => {
    const place = { client, experiment: `values ${++count}` };
    await tracker.trackerToSql(place);
    await back.importExistingSqlTracker(place);
  },
  "an Arquero table": async (tracker, back) => back.importExistingDfTracker(await tracker.trackerToDf()),
};

describe("hard values", () => {
  for (const [name, trip] of Object.entries(trips)) {
    it(`come back from ${name} as they were, and so do the columns' order and the empty cells`, async () => {
      const bare = Object.fromEntries(Object.keys(hard).map((column) => [column, null]));
      const tracker = trackerOf(hard, { ...bare, model_name: "B" });
      const back = new ModelTracker();
      await trip(tracker, back);
      // JSON has no word for what is no number: pandas writes null as well.
      const lost = name === "a JSON file" ? { nan: null, infinite: null } : {};
      assert.deepEqual(back.rows, [{ ...hard, ...lost }, tracker.rows[1]]);
      assert.deepEqual(back.columnNames, tracker.columnNames);
    });
  }

  it("come from Arrow: dates, integers of 64 bits, lists, structs, nulls", () => {
    const frame = table({
      model_name: ["A", "B"],
      big: [9007199254740993n, 2n],
      at: [new Date(0), null],
      value: [Number.NaN, 1.5],
      text: ["x,y", null],
      list: [[1, 2], [3]],
      struct: [{ a: 1 }, { a: 2 }],
    });
    const tracker = new ModelTracker();
    tracker.importExistingDfTracker(fromArrow(toArrowIPC(frame), { useBigInt: true, useDate: true }));
    assert.deepEqual(tracker.rows, [
      {
        model_name: "A",
        big: "9007199254740993",
        at: "1970-01-01T00:00:00.000Z",
        value: Number.NaN,
        text: "x,y",
        list: [1, 2],
        struct: { a: 1 },
      },
      { model_name: "B", big: 2, at: null, value: 1.5, text: null, list: [3], struct: { a: 2 } },
    ]);
    const small = new ModelTracker();
    small.importExistingDfTracker(toArrow(table({ model_name: ["A"], n: [7] })));
    assert.deepEqual(small.rows, [{ model_name: "A", n: 7 }]);
  });

  it("of a data frame that cannot be read, or of what is none, are refused in words", async () => {
    const wide = toArrow(table({ model_name: ["A"], n: [9007199254740993n] }));
    const cases: readonly (readonly [unknown, RegExp])[] = [
      [wide, /data frame cannot be read: .*9007199254740993/],
      [5, /has objects\(\), toArray\(\), or is a list/],
      [{}, /has objects/],
      [[null], /A row such as .* is an object of names and values, not null/],
      [["text"], /A row such as .* is an object of names and values, not a string/],
      [[[1, 2]], /A row such as .* is an object of names and values, not an Array/],
      [[{ model_name: "A", act: () => 1 }], /The value of 'act' is or holds a function\. Give plain data/],
      [[{ model_name: "A", map: new Map() }], /'map' is or holds a Map/],
    ];
    for (const [frame, text] of cases) {
      const tracker = trackerOf({ model_name: "kept" });
      await refuses("invalid", async () => tracker.importExistingDfTracker(frame as object[]), text);
      assert.deepEqual(tracker.rows, [{ model_name: "kept" }]);
    }
  });

  // `{"act":{"0":undefined}}` was written, which nothing can read again.
  it("that no file can hold are refused before they are in the tracker", async () => {
    const tracker = new ModelTracker();
    for (const [value, text] of [
      [() => 1, /a function/],
      [Symbol("x"), /a symbol/],
      [new Set(), /a Set/],
      [[[() => 1]], /a function/],
    ] as const) {
      const row = { model_name: "A", bad: value } as unknown as Row;
      await refuses("invalid", async () => tracker.updateTrackerWDict(row), text);
    }
    const cyclic: unknown[] = [];
    cyclic.push(cyclic);
    const row = { model_name: "A", bad: cyclic } as unknown as Row;
    await refuses("invalid", async () => tracker.updateTrackerWDict(row), /'bad' is nested deeper than 32/);
    assert.deepEqual(tracker.rows, []);
    tracker.updateTrackerWDict({ model_name: "A", n: 10n, at: new Date(Number.NaN), u: undefined } as unknown as Row);
    assert.deepEqual(tracker.rows, [{ model_name: "A", n: 10, at: null, u: null }]);
  });

  it("that the server refuses leave nothing there, not even the rows before them", async () => {
    const place = { client, experiment: `refused ${++count}` };
    const tracker = trackerOf({ model_name: "good", x: "a" }, { model_name: "bad", x: "a\0b" });
    await refuses("invalid", () => tracker.trackerToSql(place), /'x'.*NUL/);
    assert.equal(await client.experiments.find(place.experiment), undefined);
  });
});

describe("a file of others", () => {
  it("may end in empty lines; of one column, they are rows", async () => {
    const path = join(folder, "t.csv");
    writeFileSync(path, "model_name,x\r\nA,1\r\n\r\n\r\n");
    const tracker = new ModelTracker();
    await tracker.importExistingCsvTracker(path);
    assert.deepEqual(tracker.rows, [{ model_name: "A", x: 1 }]);
  });

  // Rows without an id were taken for the own one without an id, and were gone from the file.
  it("keeps its rows that have no id when others are added, each once", async () => {
    const path = join(folder, "t.json");
    writeFileSync(path, '{"model_name":{"0":null,"1":null,"2":"A"},"x":{"0":1,"1":2,"2":3}}');
    const tracker = trackerOf({ model_name: null, x: 2 }, { model_name: null, x: 9 });
    await tracker.updateExistingJsonTracker(path);
    assert.deepEqual(
      tracker.rows.map(({ x }) => x),
      [1, 3, 2, 9],
    );
    await tracker.updateExistingJsonTracker(path);
    assert.equal(tracker.rows.length, 4);
  });

  it("that is missing or unreadable is named", async () => {
    const tracker = new ModelTracker();
    mkdirSync(join(folder, "dir.json"));
    await refuses(
      "not_found",
      () => tracker.importExistingJsonTracker(join(folder, "no.json")),
      /no\.json.*no such file/,
    );
    await refuses("conflict", () => tracker.importExistingJsonTracker(join(folder, "dir.json")), /dir\.json/);
  });
});

it("a full disk is told of, and the tracker that stands is as it was", async (t) => {
  const disk = join(folder, "disk");
  mkdirSync(disk);
  if (!mountSmallDisk(disk, 1)) return t.skip("a small disk cannot be mounted by this user");
  try {
    const small = trackerOf({ model_name: "A" });
    const large = trackerOf({ model_name: "A", text: "x".repeat(2 * 1024 * 1024) });
    const [json, csv] = [join(disk, "t.json"), join(disk, "t.csv")];
    await small.trackerToJson(json);
    await small.trackerToCsv(csv);
    for (const act of [
      () => large.trackerToJson(json),
      () => large.updateExistingJsonTracker(json),
      () => large.trackerToCsv(csv),
    ])
      await refuses(
        "storage_full",
        act,
        /Cannot write '.*t\.(?:json|csv)': the disk is full\. Nothing was changed; free/,
      );
    assert.deepEqual(readdirSync(disk).sort(), ["t.csv", "t.json"]);
    assert.equal(readFileSync(json, "utf8"), '{"model_name":{"0":"A"}}');
    assert.equal(readFileSync(csv, "utf8"), "model_name\nA\n");
  } finally {
    unmount(disk);
  }
});
