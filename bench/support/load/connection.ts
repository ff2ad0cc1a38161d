import { connect, type Socket } from "node:net";

export interface Answer {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/**
 * One keep-alive connection with one request on its way at a time, on a bare socket: it costs a tenth of what
 * `node:http` does, which matters because it shares the machine with the server that is measured.
 */
export interface Connection {
  send(request: Uint8Array): Promise<Answer>;
  close(): void;
}

export async function openConnection(url: string): Promise<Connection> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("error", reject);
  });
  return createConnection(socket);
}

function createConnection(socket: Socket): Connection {
  let received: Buffer | undefined;
  let waiting: PromiseWithResolvers<Answer> | undefined;
  const fail = (error: Error) => {
    waiting?.reject(error);
    waiting = undefined;
  };
  socket.on("error", fail);
  socket.on("close", () => fail(new Error("the server closed the connection before it answered")));
  socket.on("data", (bytes: Buffer) => {
    received = received === undefined ? bytes : Buffer.concat([received, bytes]);
    const answer = parseAnswer(received);
    if (answer === undefined) return;
    received = undefined;
    const done = waiting;
    waiting = undefined;
    done?.resolve(answer);
  });
  return {
    send(request) {
      waiting = Promise.withResolvers<Answer>();
      socket.write(request);
      return waiting.promise;
    },
    close: () => socket.destroy(),
  };
}

/** Undefined until all of it is there. Knows answers with a length, which all that a load gets have. */
function parseAnswer(bytes: Buffer): Answer | undefined {
  const end = bytes.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const head = bytes.toString("latin1", 0, end);
  const status = Number(head.slice(9, 12));
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  if (length === undefined && status !== 204) throw new Error(`an answer without a length: ${head}`);
  const start = end + 4;
  if (bytes.length < start + Number(length ?? 0)) return undefined;
  return { status, head, body: bytes.toString("utf8", start) };
}
