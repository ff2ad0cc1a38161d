import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * The smallest HTTP server that takes JSON: what a reference needs around its store, and nothing that slows it down.
 *
 * @param handle answers when the call is stored; what it throws becomes a 400.
 */
export function serve(handle: (path: string, body: unknown) => Promise<unknown>, close: () => void): void {
  const server = createServer(async (request, response) => {
    let status = 200;
    let text: string;
    try {
      text = JSON.stringify(await handle(request.url ?? "", await readJson(request)));
    } catch (error) {
      status = 400;
      text = JSON.stringify({ message: String(error) });
    }
    response.writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(text) });
    response.end(text);
  });
  server.listen(0, "127.0.0.1", () => {
    console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
  process.once("SIGTERM", () => {
    server.close();
    server.closeAllConnections();
    close();
    process.exit(0);
  });
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  const body = Buffer.concat(pieces);
  return body.length === 0 ? {} : JSON.parse(body.toString("utf8"));
}
