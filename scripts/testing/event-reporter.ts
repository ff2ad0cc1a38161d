import type { TestEvent } from "node:test/reporters";
import { inspect } from "node:util";
import type { TestResult } from "./test-result.ts";

/** A node:test reporter for machines: one JSON line per finished test, and per suite that failed by itself. */
export default async function* eventReporter(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const path: string[] = [];
  for await (const event of source) {
    if (event.type === "test:start") {
      path.length = event.data.nesting;
      path[event.data.nesting] = event.data.name;
    } else if (event.type === "test:pass" || event.type === "test:fail") {
      const { name, nesting, skip, todo, details } = event.data;
      const isSuite = details.type === "suite";
      const failure = "error" in details ? details.error : undefined;
      const isOwnFailure = failure !== undefined && !isOnlyAboutChildren(failure);
      if (isSuite && !isOwnFailure && skip === undefined) continue;
      const excuse = skip ?? todo;
      const result: TestResult = {
        name: [...path.slice(0, nesting), name].join(" › "),
        outcome: excuse !== undefined && excuse !== false ? "skipped" : failure === undefined ? "passed" : "failed",
        detail: failure === undefined ? (typeof excuse === "string" ? excuse : "") : describe(failure),
      };
      yield `${JSON.stringify(result)}\n`;
    }
  }
}

/** A parent whose children failed says so too; counting it would count one failure twice. */
function isOnlyAboutChildren(error: Error): boolean {
  return "failureType" in error && error.failureType === "subtestsFailed";
}

function describe(error: Error): string {
  return inspect(error.cause ?? error, { depth: 6, breakLength: 120 });
}
