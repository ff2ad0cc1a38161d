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

/** All that comes in is read into one piece of memory. */
const READ_BYTES = 64 * 1024;

export async function openConnection(url: string): Promise<Connection> {
  const { hostname, port } = new URL(url);
  let receive: (bytes: Buffer) => void = () => {};
  const socket = connect({
    host: hostname,
    port: Number(port),
    noDelay: true,
    onread: {
      buffer: Buffer.allocUnsafeSlow(READ_BYTES),
      callback: (length, buffer) => {
        receive((buffer as Buffer).subarray(0, length));
        return true;
      },
    },
  });
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("error", reject);
  });
  return createConnection(socket, (take) => {
    receive = take;
  });
}

function createConnection(socket: Socket, onBytes: (take: (bytes: Buffer) => void) => void): Connection {
  /** Copies of what came before the rest of an answer. */
  let before: Buffer | undefined;
  let waiting: PromiseWithResolvers<Answer> | undefined;
  const fail = (error: Error) => {
    waiting?.reject(error);
    waiting = undefined;
  };
  socket.on("error", fail);
  socket.on("close", () => fail(new Error("the server closed the connection before it answered")));
  onBytes((bytes) => {
    const received = before === undefined ? bytes : Buffer.concat([before, bytes]);
    const answer = parseAnswer(received);
    if (answer === undefined) {
      before = Buffer.from(received);
      return;
    }
    before = undefined;
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
  const text = bytes.toString("latin1");
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const head = text.slice(0, end);
  const status = Number(head.slice(9, 12));
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  if (length === undefined && status !== 204) throw new Error(`an answer without a length: ${head}`);
  const start = end + 4;
  if (bytes.length < start + Number(length ?? 0)) return undefined;
  return { status, head, body: bytes.toString("utf8", start) };
}
