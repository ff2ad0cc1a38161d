import { parseBatch } from "./log-batch.ts";

function body(keys: number, n: number) {
  const metrics = [];
  for (let i = 0; i < n; i++)
    metrics.push({
      key: `metric_${i % keys}`,
      value: Math.random() * 3,
      timestamp: 1700000000000 + i * 250,
      step: Math.floor(i / keys),
    });
  return Buffer.from(JSON.stringify({ metrics, params: [], tags: [], run_id: "0123456789abcdef0123456789abcdef" }));
}
function time(name: string, f: () => unknown) {
  let best = Infinity;
  for (let r = 0; r < 40; r++) {
    const t = performance.now();
    for (let i = 0; i < 100; i++) f();
    best = Math.min(best, (performance.now() - t) / 100);
  }
  console.log(name, (best * 1000).toFixed(1), "us (best of 40x100)");
}
for (const [k, n] of [
  [10, 1000],
  [1000, 1000],
] as const) {
  const b = body(k, n);
  console.log(k, b.length);
  for (let r = 0; r < 2; r++) {
    time("JSON.parse(toString)", () => JSON.parse(b.toString()));
    time("JSON.parse(latin1)", () => JSON.parse(b.latin1Slice()));
    time("parseBatch", () => parseBatch(b));
  }
}
