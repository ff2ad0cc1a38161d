import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { COMPARISON_TABS, type ComparisonView, comparisonText, parseComparison, turn } from "./comparison-view.ts";

const id = fc.stringMatching(/^[0-9a-f]{32}$/);
const range = fc
  .tuple(fc.nat(1000), fc.nat(1000))
  .map(([one, other]) => [Math.min(one, other) / 1000, Math.max(one, other) / 1000] as const);

describe("a comparison's address", () => {
  it("says all that the view is", () => {
    const views: fc.Arbitrary<ComparisonView> = fc.record(
      {
        runs: fc.uniqueArray(id, { maxLength: 50 }),
        beyond: fc.constant(0),
        tab: fc.constantFrom(...COMPARISON_TABS),
        baseline: fc.option(id, { nil: undefined }),
        onlyDifferences: fc.boolean(),
        summary: fc.constantFrom("latest", "min", "max"),
        filter: fc.string(),
        better: fc.dictionary(fc.string(), fc.constantFrom("up", "down")).map((said) => new Map(Object.entries(said))),
        axes: fc.array(fc.string()),
        brushes: fc.dictionary(fc.string(), range).map((brushes) => new Map(Object.entries(brushes))),
        x: fc.string(),
        y: fc.string(),
        chartsBy: fc.constantFrom("metric", "run"),
      },
      { noNullPrototype: true },
    );
    fc.assert(fc.property(views, (view) => assert.deepEqual(parseComparison(comparisonText(view)), view)));
  });

  it("never breaks the screen, whatever it says", () => {
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.string()), (search) => void parseComparison(search)));
    assert.deepEqual(parseComparison({ runs: "a,../..,ABCD", axes: "{" }).runs, []);
    assert.equal(parseComparison({ better: "null", kept: '{"params.lr":[900,100],"x":1}' }).brushes.size, 0);
  });

  it("counts the runs beyond fifty, so that the page can say that it left them out", () => {
    const runs = Array.from({ length: 53 }, (_, index) => index.toString(16).padStart(32, "0")).join(",");
    const { runs: shown, beyond } = parseComparison({ runs });
    assert.deepEqual([shown.length, beyond], [50, 3]);
  });
});

describe("what the reader says is better", () => {
  const walk = (key: string, times: number) => {
    const said = [new Map() as ReturnType<typeof turn>];
    for (let index = 0; index < times; index++) said.push(turn(said.at(-1) ?? new Map(), key));
    return said.slice(1).map((each) => each.get(key));
  };

  it("turns a known metric around and back, and an unknown one up, down, and to nothing", () => {
    assert.deepEqual(walk("loss", 2), ["up", undefined]);
    assert.deepEqual(walk("acc", 2), ["down", undefined]);
    assert.deepEqual(walk("alpha", 3), ["up", "down", undefined]);
  });
});
