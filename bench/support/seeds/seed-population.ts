import { askJson, inParallel } from "../http.ts";
import { type Connection, openConnection } from "../load/connection.ts";
import { START_TIME } from "../metrics.ts";
import { startServer } from "../servers.ts";
import { settleFolder } from "../settle.ts";
import { writeRuns } from "./at-rest.ts";
import { EXPERIMENTS, memberAt } from "./population.ts";

const WIDTH = 32;

/**
 * Fills a folder with `count` finished runs through the server's own wire, and one run whose ten series have `count`
 * points each, then seals everything.
 *
 * @param spread over how many experiments
 */
export async function seedPopulation(
  folder: string,
  count: number,
  say: (line: string) => void,
  spread = EXPERIMENTS,
): Promise<void> {
  {
    await using server = await startServer(folder);
    const experiments: number[] = [];
    for (let e = 0; e < spread; e++) {
      const { id } = await askJson<{ id: number }>(`${server.url}/api/v1/experiments`, {
        body: { name: `bench-${e}` },
      });
      experiments.push(id);
    }
    const connections = await Promise.all(Array.from({ length: WIDTH }, () => openConnection(server.url)));
    const free = [...connections];
    await inParallel(count, WIDTH, async (index) => {
      const connection = free.pop();
      if (connection === undefined) throw new Error("more tasks than connections");
      await seedRun(connection, server.url, index, experiments[index % spread] ?? 0);
      free.push(connection);
      if (index % 10_000 === 9999) say(`seeding: ${index + 1} of ${count} runs`);
    });
    for (const connection of connections) connection.close();
    await writeRuns(server.url, { runs: 1, metrics: 10, steps: count });
    await server.stop();
  }
  say("seeding: sealing");
  await settleFolder(folder);
}

async function seedRun(connection: Connection, url: string, index: number, experiment: number): Promise<void> {
  const { name, parameters, metrics } = memberAt(index);
  const list = Object.entries(parameters).map(([key, value]) => ({ key, value }));
  const created = await post(connection, url, "/api/v1/runs", {
    experiment,
    name,
    parameters: list,
    state: "finished",
  });
  const { id } = JSON.parse(created) as { id: string };
  const points = Object.entries(metrics).map(([key, value]) => ({ key, value, step: 1, time: START_TIME + index }));
  await post(connection, url, `/api/v1/runs/${id}/log`, { points });
}

async function post(connection: Connection, url: string, path: string, body: unknown): Promise<string> {
  const bytes = Buffer.from(JSON.stringify(body));
  const head = `POST ${path} HTTP/1.1\r\nHost: ${new URL(url).host}\r\nContent-Type: application/json\r\nContent-Length: ${bytes.length}\r\n\r\n`;
  for (;;) {
    const answer = await connection.send(Buffer.concat([Buffer.from(head), bytes]));
    if (answer.status < 300) return answer.body;
    if (answer.status !== 429) throw new Error(`${path}: ${answer.head}\n${answer.body}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
