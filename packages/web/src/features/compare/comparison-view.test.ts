import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { COMPARISON_TABS, type ComparisonView, comparisonText, parseComparison } from "./comparison-view.ts";

const id = fc.stringMatching(/^[0-9a-f]{32}$/);

describe("a comparison's address", () => {
  it("says all that the view is", () => {
    const views: fc.Arbitrary<ComparisonView> = fc.record(
      {
        runs: fc.uniqueArray(id, { maxLength: 50 }),
        tab: fc.constantFrom(...COMPARISON_TABS),
        baseline: fc.option(id, { nil: undefined }),
        onlyDifferences: fc.boolean(),
        summary: fc.constantFrom("latest", "min", "max"),
        filter: fc.string(),
        turned: fc.array(fc.string()),
        axes: fc.array(fc.string()),
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
  });
});
