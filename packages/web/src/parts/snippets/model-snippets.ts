import type { Version } from "@cairn/core";
import { type CodeSnippet, loadModelSnippet, registerModelSnippet } from "./foreign-snippets.ts";
import { shellText } from "./shell-text.ts";

/** A first model in each language, for the server at `url`: they work as pasted. */
export function registerSnippets(url: string): readonly CodeSnippet[] {
  return [
    registerModelSnippet(url),
    {
      title: "TypeScript",
      code: `// first-model.ts, in the clone of Cairn: npx --no-install node first-model.ts
import { createClient, startRun } from "@cairn/client/node";

const client = createClient("${url}");
const run = await startRun(client, { experiment: "first" });
await run.artifact("model/weights.txt", "weights");
await run.finish();

const model = await client.models.create({ name: "digits", onConflict: "skip" });
await client.versions.create(model.id, {
  from: { run: run.id, folder: "model" },
  state: "sealed",
  metadata: { accuracy: 0.93 },
});
`,
    },
    {
      title: "CLI",
      code: pushSnippet(url, "digits", "1.0"),
    },
  ];
}

/**
 * How a version is loaded by each client.
 *
 * @param ref what they load it by: a number, or an alias, which follows where it points.
 */
export function loadSnippets(
  url: string,
  version: Pick<Version, "model" | "name" | "number">,
  ref: string,
): readonly CodeSnippet[] {
  const { model, name, number } = version;
  const whole = `${name}:${ref}`;
  return [
    loadModelSnippet(url, name, ref),
    {
      title: "TypeScript",
      code: `// in the clone of Cairn
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createClient } from "@cairn/client/node";

const client = createClient("${url}");
const { model, number } = await client.versions.resolve(${JSON.stringify(whole)});
const { items } = await client.versionFiles.manifest(model, number);
for (const { path } of items) {
  const file = await client.versionFiles.find(model, number, path);
  const target = join("model", path);
  await mkdir(dirname(target), { recursive: true });
  if (file) await writeFile(target, file.read());
}
`,
    },
    {
      title: "CLI",
      code: `# in the clone of Cairn; only what has changed is fetched
export CAIRN_URL=${url}
npx --no-install cairn pull ${shellText(whole)} ./model
`,
    },
    {
      title: "curl",
      code: `# what it is, and its files as a zip
curl -G ${shellText(`${url}/api/v1/versions/resolve`)} --data-urlencode ${shellText(`ref=${whole}`)}
curl -o model.zip ${shellText(`${url}/api/v1/models/${model}/versions/${number}/archive`)}
`,
    },
  ];
}

/** Puts a folder's files into a draft from the command line. */
export function pushSnippet(url: string, name: string, version: string): string {
  return `# in the clone of Cairn: every file of the folder, as a draft that can still change
export CAIRN_URL=${url}
npx --no-install cairn push ${shellText(`${name}:${version}`)} ./model_files
`;
}
