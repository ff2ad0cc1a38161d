// `npm run bench -- NAME… [--quick] [--json]`: measures, checks what it measured, and prints figures beside what was promised.
import { cpus, totalmem } from "node:os";
import { parseArgs } from "node:util";
import { benches } from "./benches.ts";
import { isMet } from "./support/figure.ts";
import { measureFloor } from "./support/floor.ts";
import { formatFigures } from "./support/table.ts";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: "boolean" }, json: { type: "boolean" }, help: { type: "boolean", short: "h" } },
});

const chosen = positionals.length === 0 ? benches : benches.filter(({ name }) => positionals.includes(name));
const unknown = positionals.filter((name) => !benches.some((bench) => bench.name === name));
if (options.help || unknown.length > 0) {
  if (unknown.length > 0) console.error(`There is no bench '${unknown.join("', '")}'.`);
  console.error("npm run bench -- [NAME…] [--quick] [--json]\n");
  for (const { name, summary } of benches) console.error(`  ${name.padEnd(10)} ${summary}`);
  process.exit(options.help ? 0 : 2);
}

const quick = options.quick ?? false;
const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? "?"}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, Node ${process.version}`;
const floor = measureFloor(quick ? 0.3 : 2);
if (!options.json) {
  console.log(
    `${new Date().toISOString().slice(0, 10)}  ${machine}${quick ? "  (quick: the figures mean little)" : ""}\n`,
  );
  console.log(`floor\n${formatFigures(floor)}\n`);
}

const reports: object[] = [];
let missed = 0;
for (const bench of chosen) {
  const figures = await bench.run({ quick, say: (line) => process.stderr.write(`  … ${bench.name}: ${line}\n`) });
  reports.push({ bench: bench.name, figures });
  missed += figures.filter((one) => isMet(one) === false).length;
  if (!options.json) console.log(`${bench.name}: ${bench.summary}\n${formatFigures(figures)}\n`);
}
if (options.json) {
  console.log(JSON.stringify({ at: new Date().toISOString(), machine, quick, floor, reports }, null, 2));
} else {
  console.log(
    missed === 0 ? "Every promise is kept." : `${missed} of the promises ${missed === 1 ? "is" : "are"} missed.`,
  );
}
