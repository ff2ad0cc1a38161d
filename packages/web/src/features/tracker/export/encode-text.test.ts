import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Run } from "@cairn/core";
import { encodeCsv, encodeJson } from "./encode-text.ts";
import { tableData } from "./table-data.ts";

const run = (part: object): Run =>
  ({
    id: "a",
    name: "n",
    parameters: [],
    tags: {},
    labels: [],
    inputs: [],
    metrics: [],
    createdAt: 0,
    ...part,
  }) as unknown as Run;

describe("an exported table", () => {
  const runs = [
    run({
      name: 'say "hi", then\ngo',
      parameters: [
        { group: "opt", key: "lr", value: 0.1 },
        { group: "", key: "depth", value: 2 },
      ],
      metrics: [{ key: "loss", latest: { value: Number.NaN } }],
    }),
    run({ name: "=1+1", parameters: [{ group: "", key: "depth", value: "auto" }], labels: ["a", "b"] }),
  ];
  const columns = tableData(runs, [
    { kind: "attribute", name: "name" },
    { kind: "attribute", name: "created" },
    { kind: "parameter", key: "opt/lr" },
    { kind: "parameter", key: "depth" },
    { kind: "metric", key: "loss", stat: "latest" },
    { kind: "label" },
  ]);

  it("has one type for each column: a parameter that is sometimes a text is one of texts", () => {
    assert.deepEqual(
      columns.map(({ type }) => type),
      ["text", "text", "time", "number", "text", "number", "text"],
    );
    assert.deepEqual(columns[4]?.values, ["2", "auto"]);
  });

  it("keeps quotes, commas and line ends in CSV, and leaves missing cells empty; a name that a spreadsheet would run stays a text", () => {
    assert.equal(
      encodeCsv(columns),
      "id,name,created,params.opt/lr,params.depth,metrics.loss,labels\r\n" +
        'a,"say ""hi"", then\ngo",1970-01-01T00:00:00.000Z,0.1,2,NaN,\r\n' +
        'a,\'=1+1,1970-01-01T00:00:00.000Z,,auto,,"a, b"\r\n',
    );
  });

  it("is a record for each run in JSON, with NaN by its name", () => {
    const [first, second] = JSON.parse(encodeJson(columns));
    assert.deepEqual([first["metrics.loss"], first["params.opt/lr"], second["params.opt/lr"]], ["NaN", 0.1, null]);
  });
});
