import type { AddressInfo } from "node:net";
import { connect, createServer, type Socket } from "node:net";

/** To the server, or from it. */
export type Way = "up" | "down";

/** A line to a server that breaks where a test wants it to. */
export interface CuttingProxy {
  /** In place of the server's own. */
  readonly url: string;
  /** Cuts every connection each time so many more bytes have gone this way, so many times. */
  cut(way: Way, bytes: number, times: number): void;
  /** Lets this many bytes more go this way, and none behind them, until `release`. @returns when they have gone */
  stall(way: Way, bytes: number): Promise<void>;
  release(): void;
  /** How often a connection was cut. */
  cuts(): number;
  /** The numbers that a request's header had, one a request: `/^range: bytes=(\d+)-/im`. */
  headers(pattern: RegExp): number[];
  [Symbol.asyncDispose](): Promise<void>;
}

export async function startCuttingProxy(server: string): Promise<CuttingProxy> {
  const { hostname, port } = new URL(server);
  const open = new Set<Socket>();
  const heads: string[] = [];
  let plan: { way: Way; bytes: number; times: number } | undefined;
  let gate: { way: Way; bytes: number; reached: () => void } | undefined;
  let passed = 0;
  let made = 0;

  const cutAll = (): void => {
    made += 1;
    passed = 0;
    if (plan !== undefined && --plan.times === 0) plan = undefined;
    for (const socket of open) socket.destroy();
  };

  const join = (from: Socket, to: Socket, way: Way): void => {
    open.add(from);
    from.on("data", (piece: Buffer) => {
      if (way === "up") {
        const text = piece.toString("latin1");
        if (/^(?:GET|HEAD|PUT|POST|PATCH) /.test(text)) heads.push(text.split("\r\n\r\n")[0] ?? "");
      }
      if (!to.write(piece)) from.pause();
      passed += plan?.way === way ? piece.length : 0;
      if (plan?.way === way && passed >= plan.bytes) return cutAll();
      if (gate?.way !== way) return;
      gate.bytes -= piece.length;
      if (gate.bytes > 0) return;
      from.pause();
      gate.reached();
    });
    to.on("drain", () => {
      if (gate === undefined || gate.bytes > 0 || gate.way !== way) from.resume();
    });
    from.on("close", () => {
      open.delete(from);
      to.destroy();
    });
    from.on("error", () => to.destroy());
  };

  const listener = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    join(client, upstream, "up");
    join(upstream, client, "down");
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));

  return {
    url: `http://127.0.0.1:${(listener.address() as AddressInfo).port}`,
    cut: (way, bytes, times) => {
      passed = 0;
      plan = { way, bytes, times };
    },
    stall: (way, bytes) =>
      new Promise((resolve) => {
        gate = { way, bytes, reached: resolve };
      }),
    release: () => {
      gate = undefined;
      for (const socket of open) socket.resume();
    },
    cuts: () => made,
    headers: (pattern) => heads.flatMap((head) => Number(pattern.exec(head)?.[1] ?? Number.NaN)).filter((n) => n >= 0),
    [Symbol.asyncDispose]: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => listener.close(resolve));
    },
  };
}
