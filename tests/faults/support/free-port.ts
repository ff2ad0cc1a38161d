import { once } from "node:events";
import { createServer } from "node:net";

/**
 * A port that is free and stays so: below those that the system gives to clients, one of which could otherwise have it
 * while the server is down.
 */
export async function findQuietPort(chance: () => number): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(chance() * 10_000);
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once("error", () => resolve(false));
      server.listen(port, "127.0.0.1", () => resolve(true));
    });
    if (!isFree) continue;
    server.close();
    await once(server, "close");
    return port;
  }
}
