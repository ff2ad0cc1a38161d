import type { FileReport } from "./run-test-file.ts";

export interface Tally {
  /** Prints a line for the file, with every failure in full beneath it. */
  add(report: FileReport): void;
  /** Prints what was skipped and what failed, then the count as the last line; returns the exit status. */
  finish(options: { isSkipFailure: boolean }): number;
}

/** Sums the results of all runners. */
export function createTally(print: (line: string) => void): Tally {
  const skipped: string[] = [];
  const failures: string[] = [];
  let passed = 0;

  const add = ({ file, results, output, seconds }: FileReport): void => {
    const bad = results.filter((result) => result.outcome === "failed");
    const idle = results.filter((result) => result.outcome === "skipped");
    const good = results.length - bad.length - idle.length;
    passed += good;
    const counts = [
      `${good} passed`,
      bad.length > 0 && `${bad.length} failed`,
      idle.length > 0 && `${idle.length} skipped`,
    ];
    print(
      `${bad.length > 0 ? "FAIL" : " ok "} ${file}  ${counts.filter(Boolean).join(", ")} (${seconds.toFixed(1)} s)`,
    );
    for (const { name, detail } of idle) skipped.push(`${file} › ${name}: ${detail || "no reason given"}`);
    for (const { name, detail } of bad) {
      failures.push(`${file} › ${name}`);
      print(`     ✗ ${name}`);
      if (detail !== "") print(indent(detail));
    }
    if (bad.length > 0 && output.trim() !== "") {
      print("     what it printed:");
      print(indent(output.trimEnd()));
    }
  };

  const finish = ({ isSkipFailure }: { isSkipFailure: boolean }): number => {
    if (skipped.length > 0) print(`\nSkipped${isSkipFailure ? " (a failure, because CI=true)" : ""}:`);
    for (const line of skipped) print(`  ${line}`);
    if (failures.length > 0) print("\nFailed:");
    for (const line of failures) print(`  ${line}`);
    const failed = failures.length + (isSkipFailure ? skipped.length : 0);
    const idle = isSkipFailure ? 0 : skipped.length;
    print(`\n${passed} passed, ${failed} failed${idle > 0 ? `, ${idle} skipped` : ""}`);
    return failed > 0 || passed === 0 ? 1 : 0;
  };

  return Object.freeze({ add, finish });
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, "       ");
}
