import { once } from "node:events";
import { connect } from "node:net";

/**
 * Whether `GET /health` on this machine answers 200. Knocks before it asks: a refused `fetch` costs a millisecond of the processor that the server starts on.
 */
export async function isAnswering(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  const isOpen = await once(socket, "connect").then(
    () => true,
    () => false,
  );
  socket.destroy();
  if (!isOpen) return false;
  return fetch(`http://127.0.0.1:${port}/health`).then(
    (response) => response.status === 200,
    () => false,
  );
}
