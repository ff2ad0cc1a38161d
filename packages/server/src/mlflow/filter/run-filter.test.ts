import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Expression } from "@cairn/core";
import fc from "fast-check";
import { WireError } from "../errors.ts";
import { parseRunFilter } from "./run-filter.ts";

function refusal(filter: string): string {
  try {
    parseRunFilter(filter);
  } catch (error) {
    assert.ok(error instanceof WireError, String(error));
    return error.message;
  }
  return assert.fail(`accepted: ${filter}`);
}

const metric = (key: string) => ({ kind: "metric", key, stat: "latest" }) as const;
const attribute = (name: string) => ({ kind: "attribute", name }) as const;
const tag = (key: string) => ({ kind: "tag", key }) as const;
const param = (key: string) => ({ kind: "parameter", key }) as const;

const accepted: readonly (readonly [string, Expression | undefined])[] = [
  ["", undefined],
  ["   ", undefined],
  ["metrics.acc > 0.9", { op: "compare", field: metric("acc"), comparison: ">", value: 0.9 }],
  ["metric.acc>=-1e-3", { op: "compare", field: metric("acc"), comparison: ">=", value: -0.001 }],
  ['metrics."my loss" < 1', { op: "compare", field: metric("my loss"), comparison: "<", value: 1 }],
  ["metrics.`a-b/c` != 1", { op: "compare", field: metric("a-b/c"), comparison: "!=", value: 1 }],
  ["metrics.a.b = 1", { op: "compare", field: metric("a.b"), comparison: "=", value: 1 }],
  ["`metrics`.acc = 1", { op: "compare", field: metric("acc"), comparison: "=", value: 1 }],
  ["params.lr = '0.1'", { op: "compare", field: param("lr"), comparison: "=", value: "0.1" }],
  ['parameters.x != "it\'s"', { op: "compare", field: param("x"), comparison: "!=", value: "it's" }],
  ["param.x = 'it''s'", { op: "compare", field: param("x"), comparison: "=", value: "it's" }],
  ["parameter.x LIKE '%a_'", { op: "like", field: param("x"), pattern: "%a_", ignoreCase: false, negated: false }],
  ["tags.x ilike 'A%'", { op: "like", field: tag("x"), pattern: "A%", ignoreCase: true, negated: false }],
  ["tag.x IS NULL", { op: "null", field: tag("x"), negated: false }],
  ["params.x is not null", { op: "null", field: param("x"), negated: true }],
  ["tags.mlflow.source.name = 'a'", { op: "compare", field: tag("mlflow.source.name"), comparison: "=", value: "a" }],
  ["tags.mlflow.runName = 'a'", { op: "compare", field: attribute("name"), comparison: "=", value: "a" }],
  ["run_id IN ('a', \"b\")", { op: "in", field: attribute("id"), values: ["a", "b"], negated: false }],
  ["attributes.run_id not in ('a')", { op: "in", field: attribute("id"), values: ["a"], negated: true }],
  ["attr.run_name = 'n'", { op: "compare", field: attribute("name"), comparison: "=", value: "n" }],
  ["\"Run Name\" = 'n'", { op: "compare", field: attribute("name"), comparison: "=", value: "n" }],
  ["run.user_id = 'u'", { op: "compare", field: attribute("author"), comparison: "=", value: "u" }],
  ["start_time > 1700000000000", { op: "compare", field: attribute("started"), comparison: ">", value: 1700000000000 }],
  ["created <= 5", { op: "compare", field: attribute("started"), comparison: "<=", value: 5 }],
  ["attribute.end_time < 5", { op: "compare", field: attribute("ended"), comparison: "<", value: 5 }],
  ["status = 'FINISHED'", { op: "compare", field: attribute("state"), comparison: "=", value: "finished" }],
  ["status = 'finished'", { op: "in", field: attribute("state"), values: [], negated: false }],
  ["status != 'Running'", { op: "in", field: attribute("state"), values: [], negated: true }],
  ["status LIKE 'F%'", { op: "like", field: attribute("state"), pattern: "f%", ignoreCase: false, negated: false }],
  ["status ILIKE '%eD'", { op: "like", field: attribute("state"), pattern: "%eD", ignoreCase: true, negated: false }],
  ["datasets.name = 'd'", { op: "compare", field: { kind: "dataset", name: "name" }, comparison: "=", value: "d" }],
  [
    "dataset.context IN ('train')",
    { op: "in", field: { kind: "dataset", name: "context" }, values: ["train"], negated: false },
  ],
  [
    "metrics.a > 1 and params.b = 'x' AND tags.c = 'y'",
    {
      op: "and",
      terms: [
        { op: "compare", field: metric("a"), comparison: ">", value: 1 },
        { op: "compare", field: param("b"), comparison: "=", value: "x" },
        { op: "compare", field: tag("c"), comparison: "=", value: "y" },
      ],
    },
  ],
];

const refused: readonly (readonly [string, string])[] = [
  ["metric.acc >= '0.94'", "Expected numeric value type for metric. Found '0.94'"],
  ["metric.acc >= abc", "Expected numeric value type for metric. Found abc"],
  [
    "params.acc = LR",
    "Parameter value is either not quoted or unidentified quote types used for string value LR. Use either single or double quotes.",
  ],
  ["tags.acc = `LR`", "Parameter value is either not quoted or unidentified quote types used for string value `LR`."],
  ["params.acc = 5", "Expected a quoted string value for parameter (e.g. 'my-value'). Got value 5"],
  ["params.'acc = LR", "Invalid clause(s) in filter string: "],
  ["params.acc = 'LR", "Invalid clause(s) in filter string: "],
  ["params.acc = LR'", "Invalid clause(s) in filter string: "],
  ["params.acc = \"LR'", "Invalid clause(s) in filter string: "],
  ["tags.acc = = 'LR'", "Invalid clause(s) in filter string: 'tags.acc', '=', '=', ''LR''"],
  ["attribute.status IS 'RUNNING'", "Invalid clause(s) in filter string: "],
  ["params.acc LR !=", "Invalid clause(s) in filter string: 'params.acc', 'LR', '!='"],
  ["metric.acc !=", "Invalid clause(s) in filter string: "],
  ["acc != 1.0", "Invalid attribute key 'acc' specified. Valid keys are '{"],
  [
    "foo.acc != 1.0",
    "Invalid entity type 'foo'. Valid values are ['metric', 'parameter', 'tag', 'attribute', 'dataset']",
  ],
  ["1=1", "Invalid comparison clause. Expected 'Identifier' found '1'"],
  ["metrics.A > 0.1 OR params.B = 'LR'", "Invalid clause(s) in filter string: "],
  ["metrics.A > 0.1 NAND params.B = 'LR'", "Invalid clause(s) in filter string: "],
  ["metrics.A > 0.1 AND (params.B = 'LR')", "Invalid clause(s) in filter string: '(', 'params.B', '=', ''LR'', ')'"],
  ["`metrics.A > 0.1", "Invalid clause(s) in filter string: "],
  ["param`.A > 0.1", "Invalid clause(s) in filter string: "],
  [
    "metrics.a > 1; metrics.b > 2",
    "Search filter contained multiple expression 'metrics.a > 1; metrics.b > 2'. Provide AND-ed expression list.",
  ],
  ["metrics.acc LIKE 5", "Invalid comparator 'LIKE' not one of "],
  ["params.acc >= 'LR'", "Invalid comparator '>=' not one of "],
  ["params.acc == 'LR'", "Invalid comparator '==' not one of "],
  ["tags.acc NOT LIKE 'LR'", "Invalid comparator 'NOT LIKE' not one of "],
  ["start_time LIKE 5", "Invalid comparator 'LIKE' not one of "],
  ["start_time > 'now'", "Expected numeric value type for numeric attribute: start_time. Found 'now'"],
  ["status IN ('RUNNING')", "Only ['run_id'] attributes support comparison with a list of quoted string values."],
  ["run_id IN ()", "While parsing a list in the query, expected a non-empty list of string values, but got empty list"],
  [
    "run_id IN ('a' 'b')",
    "While parsing a list in the query, expected a non-empty list of string values, but got ill-formed list.",
  ],
  [
    "run_id IN (1, 'b')",
    "While parsing a list in the query, expected string value, punctuation, or whitespace, but got different type in list: (1, 'b')",
  ],
  ["dataset.profile = 'x'", "Invalid dataset key 'profile' specified. Valid keys are '{'context', 'digest', 'name'}'"],
  ["metrics.a IS NULL", "IS NULL / IS NOT NULL is only supported for tags and params, not for 'metric' 'a'"],
  ["artifact_uri LIKE '%x'", "This server compares artifact_uri by = and != only"],
];

describe("a filter for runs", () => {
  for (const [filter, expression] of accepted) {
    it(`is understood: ${filter}`, () => assert.deepEqual(parseRunFilter(filter), expression));
  }

  for (const [filter, message] of refused) {
    it(`is refused: ${filter}`, () => assert.ok(refusal(filter).startsWith(message), refusal(filter)));
  }

  it("finds a run by the URI of its artifacts", () => {
    const id = "0123456789abcdef0123456789abcdef";
    assert.deepEqual(parseRunFilter(`artifact_uri = 'mlflow-artifacts:/0/${id}/artifacts'`), {
      op: "in",
      field: attribute("id"),
      values: [id],
      negated: false,
    });
  });

  it("never fails in any other way than by a WireError, and never hangs", () => {
    const piece = fc.constantFrom(
      "metrics.a",
      "params.`b c`",
      'tags."d"',
      "run_id",
      "status",
      "datasets.name",
      "=",
      "!=",
      "<",
      "LIKE",
      "ILIKE",
      "IN",
      "NOT",
      "IS",
      "NULL",
      "AND",
      "OR",
      "(",
      ")",
      ",",
      ";",
      "'x'",
      '"y"',
      "1.5",
      "-2",
      "'",
      '"',
      "`",
      "\\",
      "%",
      ".",
      "\u0000",
      "😀",
    );
    const filter = fc.oneof(
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(" ")),
      fc.array(piece).map((pieces) => pieces.join("")),
      fc.string({ unit: "binary" }),
    );
    fc.assert(
      fc.property(filter, (text) => {
        try {
          parseRunFilter(text);
        } catch (error) {
          assert.ok(error instanceof WireError, String(error));
        }
      }),
      { numRuns: 1000 },
    );
    for (const hostile of [
      "'".repeat(60_001),
      "\\'".repeat(30_000),
      '"\\'.repeat(20_000),
      "`".repeat(60_001),
      `status LIKE '${"%a".repeat(20_000)}'`,
      `status LIKE '${"%".repeat(60_000)}x'`,
      "(".repeat(60_000),
    ]) {
      try {
        parseRunFilter(hostile);
      } catch (error) {
        assert.ok(error instanceof WireError, String(error));
      }
    }
    assert.match(refusal("x".repeat(70_000)), /at most 65536 characters/);
  });
});
