import { getCurrentProject } from "@cairn/client/rorodata";
import type { Model } from "@cairn/core";
import { connect } from "../connect.ts";
import { formatAgo } from "../format.ts";
import { cell, print, printJson, printTable } from "../print.ts";

export async function listModels(url: string | undefined, flags: { readonly json?: boolean }): Promise<void> {
  const client = connect(url);
  const project = await getCurrentProject({ client });
  const models: Model[] = [];
  for (let cursor: string | undefined, isMore = true; isMore; isMore = cursor !== undefined) {
    const page = await client.models.search({ project: project.name, order: "name", limit: 1000, cursor });
    models.push(...page.items);
    cursor = page.next ?? undefined;
  }
  if (flags.json) return printJson(models);
  if (models.length === 0) {
    const where = `There is no model repository in project '${cell(project.name, 80)}'.`;
    return print(`${where} Make one with: cairn models:create NAME`);
  }
  const now = Date.now();
  printTable(
    [{ head: "NAME" }, { head: "LATEST", isNumber: true }, { head: "TAGS" }, { head: "UPDATED" }],
    models.map(({ name, latest, aliases, updatedAt }) => [
      cell(name, 80),
      latest === null ? "" : String(latest),
      cell(
        Object.entries(aliases)
          .map(([tag, number]) => `${tag}:${number}`)
          .join(" "),
        60,
      ),
      formatAgo(updatedAt, now),
    ]),
  );
}

export async function createModel(
  url: string | undefined,
  name: string,
  { description }: { readonly description?: string },
): Promise<void> {
  const project = await getCurrentProject({ client: connect(url) });
  await project.createModelRepository(name, description === undefined ? {} : { description });
  print(`Created the model repository '${cell(name, 256)}' in project '${cell(project.name, 80)}'.`);
}
