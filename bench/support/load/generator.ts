// The process that makes the load: its plan comes as a message, its result goes back as one.
import { setTimeout as sleep } from "node:timers/promises";
import { quantile } from "../quantile.ts";
import { openConnection } from "./connection.ts";
import type { LoadPlan, LoadResult } from "./plan.ts";
import { buildTemplates } from "./template.ts";

const REFUSED_PAUSE_MS = 50;

process.once("message", (plan: LoadPlan) => {
  generate(plan).then(
    (result) => process.send?.({ result }, () => process.exit(0)),
    (error: unknown) => process.send?.({ error: String((error as Error).stack ?? error) }, () => process.exit(1)),
  );
});

async function generate(plan: LoadPlan): Promise<LoadResult> {
  const templates = Array.from({ length: plan.connections }, (_, c) => buildTemplates(plan, c));
  const connections = await Promise.all(templates.map(() => openConnection(plan.url)));
  const pointsPerBody = plan.metrics * plan.steps;
  const acknowledged: Record<string, number> = {};
  const latencies: number[] = [];
  let refused = 0;
  const from = performance.now() + plan.warmUpSeconds * 1000;
  const until = from + plan.seconds * 1000;

  async function drive(c: number): Promise<void> {
    const connection = connections[c];
    const own = plan.runs.filter((_, r) => r % plan.connections === c);
    const bodies = templates[c] ?? [];
    if (connection === undefined) return;
    const limit = plan.requestsPerConnection ?? Number.POSITIVE_INFINITY;
    for (let sent = 0; sent < limit && performance.now() < until; sent++) {
      const run = own[sent % own.length] ?? "";
      const template = bodies[sent % bodies.length];
      if (template === undefined) return;
      template.aim(run, (plan.firstBody ?? 0) + Math.floor(sent / own.length));
      const started = performance.now();
      let answer = await connection.send(template.bytes);
      while (answer.status === 429) {
        refused++;
        await sleep(REFUSED_PAUSE_MS);
        answer = await connection.send(template.bytes);
      }
      if (answer.status !== 200) throw new Error(`${answer.head}\n\n${answer.body.slice(0, 1000)}`);
      const ended = performance.now();
      acknowledged[run] = (acknowledged[run] ?? 0) + pointsPerBody;
      if (ended >= from && ended < until) latencies.push(ended - started);
      if (plan.pauseMs !== undefined) await sleep(plan.pauseMs);
    }
  }

  await Promise.all(connections.map((_, c) => drive(c)));
  const seconds = Math.min(until, performance.now()) - from;
  for (const connection of connections) connection.close();
  return {
    requests: latencies.length,
    points: latencies.length * pointsPerBody,
    seconds: seconds / 1000,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    max: quantile(latencies, 1),
    acknowledged,
    refused,
  };
}
