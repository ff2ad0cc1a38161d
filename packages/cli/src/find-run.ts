import { type Run, type Services, TrackerError } from "@cairn/core";
import { cell } from "./print.ts";

/** A run by its id, the unique start of it (4 digits or more), or its unique name. @throws not_found; conflict when several fit. */
export async function findRun(services: Services, text: string): Promise<Run> {
  if (/^[0-9a-f]{32}$/.test(text)) return services.runs.get(text);
  const value = `'${text.replaceAll("'", "''")}'`;
  const isStart = /^[0-9a-f]{4,31}$/.test(text);
  const filter = isStart ? `id like '${text}%' or name = ${value}` : `name = ${value}`;
  const { items } = await services.runs.search({ filter, lifecycle: "all", limit: 6 });
  const [only] = items;
  if (only !== undefined && items.length === 1) return only;
  if (only === undefined) {
    throw new TrackerError("not_found", `No run has the id or name '${cell(text, 80)}'. See: cairn runs`, {});
  }
  const several = items.map((run) => `${run.id}  ${cell(run.name)}`).join("\n  ");
  throw new TrackerError("conflict", `Several runs fit '${cell(text, 80)}'; give more of the id:\n  ${several}`, {});
}
