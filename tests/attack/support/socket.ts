import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** A connection that sends what it is told to, byte for byte. */
export async function openSocket(url: string, bytes: string | Uint8Array = ""): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  // The other side may hang up at any time: that is what these tests are about.
  socket.on("error", () => {});
  await once(socket, "connect");
  if (bytes.length > 0) socket.write(bytes);
  return socket;
}

/** Sends bytes and gives the first of what came back; "" when the server hung up without a word. */
export async function converse(url: string, bytes: string | Uint8Array): Promise<string> {
  const socket = await openSocket(url, bytes);
  const first = await Promise.race([once(socket, "data"), once(socket, "close").then(() => [""])]);
  socket.destroy();
  return String(first[0]);
}
