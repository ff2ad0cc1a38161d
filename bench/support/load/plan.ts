/** What a body looks like on the wire. */
export type BodyKind = "log-batch" | "log-metric" | "columns-json" | "columns-binary";

/** A load, as plain data: it is carried out in a process of its own. */
export interface LoadPlan {
  readonly url: string;
  readonly body: BodyKind;
  /** Connection c writes to runs c, c + connections, … in turn, so there are at least as many runs as connections. */
  readonly runs: readonly string[];
  readonly connections: number;
  /** A body carries `metrics` × `steps` points. */
  readonly metrics: number;
  readonly steps: number;
  /** Names of the metrics, where those of the generator will not do. */
  readonly keys?: readonly string[];
  /** Different bodies a connection has. Enough that no chunk sees one twice, else compression flatters. */
  readonly templates: number;
  /** Not measured, but acknowledged and counted. */
  readonly warmUpSeconds: number;
  readonly seconds: number;
  /** Ends each connection early, after so many requests. */
  readonly requestsPerConnection?: number;
  /** A connection waits so long after each answer. */
  readonly pauseMs?: number;
  /** Where the steps begin, in bodies: a second load on the same runs goes on behind the first. */
  readonly firstBody?: number;
}

export interface LoadResult {
  /** Acknowledged within the measured time. */
  readonly requests: number;
  readonly points: number;
  readonly seconds: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  /** Acknowledged points of each run, over the whole load. */
  readonly acknowledged: Readonly<Record<string, number>>;
  /** Asked to come again later (429): sent again, counted once. */
  readonly refused: number;
}
