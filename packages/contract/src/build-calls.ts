import type { Codec } from "./call.ts";
import * as checkpointCodecs from "./checkpoint-json.ts";
import type { Endpoint } from "./endpoint.ts";
import { endpoints } from "./endpoints.ts";
import * as groupCodecs from "./group-codec.ts";
import * as runCodecs from "./run-codec.ts";
import * as seriesCodecs from "./series-codec.ts";
import * as versionCodecs from "./version-codec.ts";

/** Where codecs live: files that load no schema. */
const HOMES: Readonly<Record<string, object>> = {
  "./checkpoint-json.ts": checkpointCodecs,
  "./group-codec.ts": groupCodecs,
  "./run-codec.ts": runCodecs,
  "./series-codec.ts": seriesCodecs,
  "./version-codec.ts": versionCodecs,
};

/**
 * The text of `calls.ts`: the table of endpoints without what only a server needs. Schemas are a third of what a browser
 * would have to load, and a client uses none.
 *
 * @throws Error for a codec that is exported by none of the files that may hold one.
 */
export function buildCalls(): string {
  const imports = new Map<string, Set<string>>();
  const rows = Object.entries<Endpoint>(endpoints).map(([key, endpoint]) => {
    const { method, path, args, answers, absent, idempotent, bytes, codec } = endpoint;
    const facts = Object.entries({ method, path, args, answers, absent, idempotent, bytes })
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
    if (codec !== undefined) facts.push(`codec: ${nameOf(key, codec, imports)}`);
    return `  ${JSON.stringify(key)}: { ${facts.join(", ")} },\n`;
  });
  const heads = [...imports]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, names]) => `import { ${[...names].sort().join(", ")} } from ${JSON.stringify(file)};\n`);
  return [
    "// Written by `npm run generate` from the table of endpoints.\n",
    'import type { Calls } from "./call.ts";\n',
    ...heads,
    "\n/** Every call of the native wire as a client needs it. */\n",
    `export const calls = {\n${rows.join("")}} as const satisfies Calls;\n`,
  ].join("");
}

function nameOf(key: string, codec: Codec, imports: Map<string, Set<string>>): string {
  for (const [file, home] of Object.entries(HOMES)) {
    const name = Object.entries(home).find(([, value]) => value === codec)?.[0];
    if (name === undefined) continue;
    imports.set(file, (imports.get(file) ?? new Set()).add(name));
    return name;
  }
  throw new Error(`the codec of ${key} is not exported by ${Object.keys(HOMES).join(", ")}`);
}
