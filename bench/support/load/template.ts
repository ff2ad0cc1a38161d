import { type Column, encodeColumns } from "@cairn/contract";
import { createMetrics } from "../metrics.ts";
import type { LoadPlan } from "./plan.ts";

/** One whole request, ready to send again and again as the next stretch of a training. */
export interface Template {
  readonly bytes: Buffer;
  /** Makes it the `body`th stretch of `run`: other steps and times, the same values. */
  aim(run: string, body: number): void;
}

const NO_RUN = "0".repeat(32);
// Steps are 5 + 2 digits, times 8 + 5: a body holds at most 100 steps of one second each, and only the front digits change.
const STEP_FRONT = 10_000;
const TIME_FRONT = 17_000_000;
const STEP_GAP_MS = 1000;

interface Content {
  readonly keys: readonly string[];
  readonly steps: number;
  /** Within the body, in ms. */
  readonly timeOf: (step: number) => number;
  /** `values[metric][step]`. */
  readonly values: readonly (readonly number[])[];
}

/** The bodies of one connection: `plan.templates` stretches of one training. */
export function buildTemplates(plan: LoadPlan, connection: number): Template[] {
  const length = plan.templates * plan.steps;
  const sources = createMetrics(plan.metrics, connection + 1, length);
  return Array.from({ length: plan.templates }, (_, t) => {
    const values = sources.map((source) =>
      Array.from({ length: plan.steps }, (_, s) => source.value(t * plan.steps + s)),
    );
    const timeOf = (step: number) => step * STEP_GAP_MS + ((step * 7919 + t * 104_729 + connection) % 20);
    return build(plan, { keys: plan.keys ?? sources.map(({ key }) => key), steps: plan.steps, timeOf, values });
  });
}

function build(plan: LoadPlan, content: Content): Template {
  switch (plan.body) {
    case "log-batch":
      return textTemplate(plan.url, "/api/2.0/mlflow/runs/log-batch", logBatch(content));
    case "log-metric":
      return textTemplate(plan.url, "/api/2.0/mlflow/runs/log-metric", logMetric(content));
    case "columns-json":
      return textTemplate(plan.url, `/api/v1/runs/${NO_RUN}/log`, columnsJson(content));
    case "columns-binary":
      return binaryTemplate(plan.url, content);
  }
}

const stepText = (step: number) => `${STEP_FRONT}${String(step).padStart(2, "0")}`;
const timeText = (time: number) => `${TIME_FRONT}${String(time).padStart(5, "0")}`;

/** As the Python client writes it: step by step, all metrics of a step at one time, blanks behind `:` and `,`. */
function logBatch({ keys, steps, timeOf, values }: Content): string {
  const metrics: string[] = [];
  for (let step = 0; step < steps; step++) {
    for (const [m, key] of keys.entries()) {
      metrics.push(
        `{"key": ${JSON.stringify(key)}, "value": ${values[m]?.[step]}, "timestamp": ${timeText(timeOf(step))}, "step": ${stepText(step)}}`,
      );
    }
  }
  return `{"run_id": "${NO_RUN}", "metrics": [${metrics.join(", ")}], "params": [], "tags": []}`;
}

function logMetric({ keys, timeOf, values }: Content): string {
  return `{"run_uuid": "${NO_RUN}", "run_id": "${NO_RUN}", "key": ${JSON.stringify(keys[0])}, "value": ${values[0]?.[0]}, "timestamp": ${timeText(timeOf(0))}, "step": ${stepText(0)}}`;
}

function columnsJson({ keys, steps, timeOf, values }: Content): string {
  const all = Array.from({ length: steps }, (_, step) => step);
  const axes = `"steps":[${all.map(stepText).join(",")}],"times":[${all.map((step) => timeText(timeOf(step))).join(",")}]`;
  const parts = keys.map((key, m) => `${JSON.stringify(key)}:{${axes},"values":[${values[m]?.join(",")}]}`);
  return `{"series":{${parts.join(",")}}}`;
}

function headOf(url: string, path: string, type: string, length: number): string {
  return `POST ${path} HTTP/1.1\r\nHost: ${new URL(url).host}\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\n\r\n`;
}

/** Digits are overwritten in place, and of those only the ones that change: building the text anew would cost 300 µs. */
function textTemplate(url: string, path: string, body: string): Template {
  const bytes = Buffer.from(headOf(url, path, "application/json", Buffer.byteLength(body)) + body, "latin1");
  const runAt = placesOf(bytes, NO_RUN);
  const stepAt = placesOf(bytes, String(STEP_FRONT), 2);
  const timeAt = placesOf(bytes, String(TIME_FRONT), 5);
  let before = 0;
  return {
    bytes,
    aim(run, body) {
      for (const at of runAt) bytes.write(run, at, 32, "latin1");
      overwrite(bytes, stepAt, String(STEP_FRONT + before), String(STEP_FRONT + body));
      overwrite(bytes, timeAt, String(TIME_FRONT + before), String(TIME_FRONT + body));
      before = body;
    },
  };
}

/** Place by place, because a body of the usual size lies in no near cache: each further pass over it costs as much as the first. */
function overwrite(bytes: Buffer, places: Uint32Array, before: string, text: string): void {
  let same = 0;
  while (same < text.length && before[same] === text[same]) same += 1;
  const digits = Uint8Array.from(text, (digit) => digit.charCodeAt(0));
  const { length } = digits;
  const count = places.length;
  for (let i = 0; i < count; i++) {
    const at = places[i] as number;
    for (let d = same; d < length; d++) bytes[at + d] = digits[d] as number;
  }
}

/** Where `text` stands in numbers that go on for exactly `more` digits, so that digits of a value are no hit. */
function placesOf(bytes: Buffer, text: string, more = 0): Uint32Array {
  const places: number[] = [];
  const isDigit = (at: number) => (bytes[at] ?? 0) >= 48 && (bytes[at] ?? 0) <= 57;
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) {
    const before = bytes[at - 1];
    const end = at + text.length + more;
    const isWhole =
      more === 0 || ((before === 32 || before === 91 || before === 44) && isDigit(end - 1) && !isDigit(end));
    const isValue = bytes.toString("latin1", at - 9, at).includes("value") || bytes[end] === 46;
    if (isWhole && !isValue) places.push(at);
  }
  return Uint32Array.from(places);
}

function binaryTemplate(url: string, { keys, steps, timeOf, values }: Content): Template {
  const total = keys.length * steps;
  const stepOf = Float64Array.from({ length: total }, (_, i) => i % steps);
  const timesOf = stepOf.map(timeOf);
  const body = encodeColumns({
    header: { kind: "points", keys },
    columns: [new Uint32Array(keys.length).fill(steps), stepOf, timesOf, Float64Array.from(values.flat())],
  });
  const head = headOf(url, `/api/v1/runs/${NO_RUN}/points`, "application/x-cairn-columns", body.length);
  // The body starts at a multiple of 8, so that its columns can be changed as the arrays that they are.
  const skip = -head.length & 7;
  const memory = new Uint8Array(skip + head.length + body.length);
  memory.set(body, skip + head.length);
  const bytes = Buffer.from(memory.buffer, skip);
  bytes.write(head, 0, "latin1");
  const runAt = bytes.indexOf(NO_RUN);
  const [stepColumn, timeColumn] = locate(memory, skip + head.length);
  return {
    bytes,
    aim(run, body) {
      bytes.write(run, runAt, 32, "latin1");
      const firstStep = (STEP_FRONT + body) * 100;
      const firstTime = (TIME_FRONT + body) * 100_000;
      for (let i = 0; i < stepColumn.length; i++) stepColumn[i] = firstStep + (stepOf[i] as number);
      for (let i = 0; i < timeColumn.length; i++) timeColumn[i] = firstTime + (timesOf[i] as number);
    },
  };
}

/** The second and third column of an encoded body, in place. A constant one is an array of one value. */
function locate(memory: Uint8Array<ArrayBuffer>, start: number): [Column & Float64Array, Column & Float64Array] {
  const view = new DataView(memory.buffer);
  let at = start + 16 + ((view.getUint32(start + 8, true) + 7) & ~7);
  const found: Float64Array[] = [];
  for (let column = 0; column < 3; column++) {
    const isConstant = view.getUint8(at) === 1;
    const isWide = view.getUint8(at + 1) === 0;
    const length = isConstant ? 1 : view.getUint32(at + 4, true);
    if (isWide) found.push(new Float64Array(memory.buffer, at + 8, length));
    at += 8 + (isConstant || isWide ? 8 * length : (4 * length + 7) & ~7);
  }
  return found as [Float64Array, Float64Array];
}
