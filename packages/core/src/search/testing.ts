import fc from "fast-check";
import type { Expression, Field, Literal, Order } from "./query.ts";
import type { PlainRecord } from "./record.ts";
import { runSchema } from "./schema.ts";

/** Random searches and records for tests. Few keys and values, so that they meet; odd ones among them. */
const keys = ["lr", "model/depth", "val loss", "a.b", "loss.min", 'quo"te', "x'y", "😀", "and", "5", "hits@10", ""];
const texts = [
  "",
  "0.1",
  "1e3",
  "nan",
  "true",
  "False",
  "a",
  "B",
  "a%",
  "a_b",
  "\\",
  "it's",
  "～",
  "😀",
  "x\ny",
  "日本",
];
const numbers = [0, 1, -1, 0.1, 1000, 1e-7, 1e21, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

const key = fc.constantFrom(...keys);
export const anyText = fc.oneof(fc.constantFrom(...texts), fc.string({ unit: "binary", maxLength: 4 }));
export const anyNumber = fc.oneof(fc.constantFrom(...numbers), fc.double().map(positiveZero));

function positiveZero(value: number): number {
  return value === 0 ? 0 : value;
}

const attributes = Object.keys(runSchema.attributes);
const stat = fc.constantFrom("latest" as const, "min" as const, "max" as const);

const singleField: fc.Arbitrary<Field> = fc.oneof(
  fc.record({ kind: fc.constant("attribute" as const), name: fc.constantFrom(...attributes) }),
  fc.record({ kind: fc.constant("metric" as const), key, stat }),
  fc.record({ kind: fc.constant("parameter" as const), key }),
  fc.record({ kind: fc.constant("tag" as const), key }),
);
const anyField: fc.Arbitrary<Field> = fc.oneof(
  { weight: 4, arbitrary: singleField },
  { weight: 1, arbitrary: fc.constant<Field>({ kind: "label" }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("dataset" as const),
      name: fc.constantFrom("name" as const, "digest" as const, "context" as const),
    }),
  },
);

function literalType(field: Field): "text" | "number" | "boolean" | "any" {
  if (field.kind === "metric") return "number";
  if (field.kind !== "attribute") return field.kind === "parameter" || field.kind === "tag" ? "any" : "text";
  const type = runSchema.attributes[field.name] ?? "text";
  return type === "time" ? "number" : type;
}

function literalOf(field: Field): fc.Arbitrary<Literal> {
  const type = literalType(field);
  if (type === "text") return anyText;
  if (type === "number") return anyNumber;
  return type === "boolean" ? fc.boolean() : fc.oneof<fc.Arbitrary<Literal>[]>(anyText, anyNumber, fc.boolean());
}

const comparison = fc.constantFrom(
  "=" as const,
  "!=" as const,
  "<" as const,
  "<=" as const,
  ">" as const,
  ">=" as const,
);

function termOf(field: Field): fc.Arbitrary<Expression> {
  const compare = fc
    .record({ op: fc.constant("compare" as const), field: fc.constant(field), comparison, value: literalOf(field) })
    .map((term) => (typeof term.value === "boolean" ? { ...term, comparison: "=" as const } : term));
  const among = fc.record({
    op: fc.constant("in" as const),
    field: fc.constant(field),
    values: fc.array(literalOf(field), { minLength: 1, maxLength: 3 }),
    negated: fc.boolean(),
  });
  const missing = fc.record({ op: fc.constant("null" as const), field: fc.constant(field), negated: fc.boolean() });
  const type = literalType(field);
  if (type !== "text" && type !== "any") return fc.oneof(compare, among, missing);
  const like = fc.record({
    op: fc.constant("like" as const),
    field: fc.constant(field),
    pattern: fc.array(fc.constantFrom("%", "_", "a", "B", "\\", "😀"), { maxLength: 4 }).map((parts) => parts.join("")),
    ignoreCase: fc.boolean(),
    negated: fc.boolean(),
  });
  return fc.oneof(compare, among, like, missing);
}

/** Some generated objects have no prototype, which deepEqual minds. */
function plain<T>(value: T): T {
  return structuredClone(value);
}

/** Any expression that query text can say. */
export const anyExpression: fc.Arbitrary<Expression> = fc
  .letrec<{ expression: Expression }>((tie) => ({
    expression: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      anyField.chain(termOf),
      fc.record({ op: fc.constant("not" as const), term: tie("expression") }),
      fc.record({
        op: fc.constantFrom("and" as const, "or" as const),
        terms: fc.array(tie("expression"), { minLength: 2, maxLength: 3 }),
      }),
    ),
  }))
  .expression.map(plain);

export const anyOrder: fc.Arbitrary<Order[]> = fc
  .uniqueArray(
    fc
      .record({ field: singleField, descending: fc.boolean(), text: fc.boolean() })
      .map(({ text, ...order }) => (text ? { ...order, text } : order)),
    { maxLength: 3, selector: ({ field }) => JSON.stringify(field) },
  )
  .map(plain);

const json = fc.oneof(anyText, anyNumber, fc.boolean(), fc.constant(null), fc.constant([1, "a"]));
const someText = fc.option(anyText);
const someNumber = fc.option(anyNumber);

/** Any run's record, its row number aside. */
export const anyRecord: fc.Arbitrary<Omit<PlainRecord, "row">> = fc.record({
  attributes: fc.record({
    id: anyText,
    name: anyText,
    state: fc.constantFrom("running", "failed"),
    author: someText,
    experiment: fc.constantFrom(0, 1),
    created: fc.constantFrom(0, 1, 1000),
    ended: fc.option(fc.constantFrom(0, 1, 1000)),
    starred: fc.boolean(),
  }),
  metrics: fc.dictionary(key, fc.record({ latest: someNumber, min: someNumber, max: someNumber })),
  parameters: fc.dictionary(key, json),
  tags: fc.dictionary(key, anyText),
  labels: fc.uniqueArray(anyText, { maxLength: 2 }),
  datasets: fc.array(fc.record({ name: anyText, digest: anyText, context: someText }), { maxLength: 2 }),
});
