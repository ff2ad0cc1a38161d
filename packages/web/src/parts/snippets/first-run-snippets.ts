import { type CodeSnippet, firstRunSnippet } from "./foreign-snippets.ts";

/** A first run in each language, for the server at `url`: they work as pasted. */
export function firstRunSnippets(url: string): readonly CodeSnippet[] {
  return [
    firstRunSnippet(url),
    {
      title: "TypeScript",
      code: `// first.ts, in the clone of Cairn: npx --no-install node first.ts
import { createClient, startRun } from "@cairn/client/node";

const client = createClient("${url}");
const run = await startRun(client, {
  experiment: "first",
  parameters: { learningRate: 0.01 },
});
for (let step = 0; step < 100; step++) {
  run.log({ loss: 1 / (step + 1) }, { step });
}
await run.artifact("notes.txt", "it works");
await run.finish();
`,
    },
    {
      title: "curl",
      code: `API=${url}/api/v1
JSON='Content-Type: application/json'

RUN=$(curl -s $API/runs -H "$JSON" \\
  -d '{"name": "first"}' | cut -d '"' -f 4)
curl $API/runs/$RUN/log -H "$JSON" \\
  -d '{"points": [{"key": "loss", "step": 1, "value": 0.4}]}'
curl -X PATCH $API/runs/$RUN -H "$JSON" \\
  -d '{"state": "finished"}'
`,
    },
  ];
}
