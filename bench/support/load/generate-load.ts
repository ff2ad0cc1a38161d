import { fork } from "node:child_process";
import { once } from "node:events";
import type { LoadPlan, LoadResult } from "./plan.ts";

/** Carries the plan out in a process of its own. @throws Error with the answer when one is no success. */
export async function generateLoad(plan: LoadPlan): Promise<LoadResult> {
  const child = fork(new URL("./generator.ts", import.meta.url), { serialization: "advanced" });
  const ended = once(child, "exit");
  const early = ended.then(([code]) => ({ error: `the load generator ended with ${code}` }));
  const told = once(child, "message").then(([message]) => message as { result?: LoadResult; error?: string });
  child.send(plan);
  const message: { result?: LoadResult; error?: string } = await Promise.race([told, early]);
  await ended;
  if (message.result === undefined) throw new Error(`the load failed: ${message.error}`);
  return message.result;
}
