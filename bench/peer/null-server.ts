import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * Answers MLflow's client at once with what it was given: what the client takes against it, it takes by itself, whoever
 * serves.
 *
 * @param page what `runs/search` answers.
 */
export async function startNull(
  page: Buffer,
): Promise<{ readonly url: string; [Symbol.asyncDispose](): Promise<void> }> {
  const run = {
    info: { run_id: "0".repeat(32), run_uuid: "0".repeat(32), experiment_id: "0", status: "RUNNING" },
    data: {},
  };
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    const answer = path.includes("/runs/search")
      ? page
      : path.includes("/runs/create")
        ? JSON.stringify({ run })
        : "{}";
    request.resume().once("end", () => response.setHeader("content-type", "application/json").end(answer));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
