// What the tests of the run's page look at: a run with all that a run may have, each text an attempt to run as script.
import { createClient } from "@cairn/client";

export const EVIL = '<img src=x onerror="window.ran=1"><script>window.ran=1</script>';
/** Ids of the runs, once `fillRuns` is through. */
export const runs = { whole: "", running: "", deleted: "" };

const bytes = (text: string) =>
  (async function* () {
    yield new TextEncoder().encode(text);
  })();

export async function fillRuns(url: string): Promise<void> {
  const client = createClient(url);
  const experiment = (await client.experiments.create({ name: `digits ${EVIL}` })).id;
  const run = await client.runs.create({
    experiment,
    name: `third try ${EVIL}`,
    author: "li.wei",
    parameters: [
      { group: "optimizer", key: "lr", value: 0.003 },
      { key: "model/layers", value: 18 },
      { key: EVIL, value: EVIL },
    ],
    tags: {
      team: "vision",
      [EVIL]: EVIL,
      board: "javascript:window.ran=1",
      "git.commit": "3f2a9c1d",
      "note.content": `**Described** ${EVIL} [x](javascript:window.ran=1)`,
    },
    labels: ["baseline", EVIL],
  });
  const id = run.id;
  runs.whole = id;
  const steps = Float64Array.from({ length: 50 }, (_, step) => step);
  const values = steps.map((step) => 1 / (1 + step));
  const times = steps.map((step) => 1_700_000_000_000 + step * 1000);
  const points = { keys: ["train/loss"], counts: Uint32Array.of(50), steps, times, values, batches: null };
  await client.runs.log(id, { points });
  await client.runs.addNote(id, `Looks **good**. ${EVIL}`);
  await client.runs.log(id, {
    modules: [{ type: "model", name: EVIL, hash: "aa11", parameters: { layers: 18 } }],
    inputs: [
      {
        dataset: {
          name: "mnist",
          digest: "d1",
          sourceType: "url",
          source: "javascript:window.ran=1",
          schema: null,
          profile: null,
        },
        context: "train",
        tags: {},
      },
    ],
  });
  const files: readonly (readonly [string, string])[] = [
    ["report.md", `# Report\n\n**bold** ${EVIL}\n\n[bad](javascript:window.ran=1) ![out](https://example.org/x.png)`],
    ["report.md", "# Report, revised"],
    ["data/table.csv", `name,score\n"${EVIL.replaceAll('"', '""')}",1\n`],
    ["data/params.json", JSON.stringify({ lr: 0.1, text: EVIL })],
    ["page.html", `<h1>Hello</h1>${EVIL}<script>parent.ran=1;top.ran=1</script>`],
    ["plot.svg", '<svg xmlns="http://www.w3.org/2000/svg" onload="top.ran=1"><script>top.ran=1</script></svg>'],
    ["model/weights.bin", "\0\x01\x02binary"],
    ["model/about.txt", "weights"],
  ];
  for (const [path, text] of files) await client.artifacts.write(id, path, bytes(text));
  await client.runs.update(id, { state: "finished" });
  runs.running = (await client.runs.create({ experiment, name: "under way" })).id;
  runs.deleted = (await client.runs.create({ experiment, name: "left" })).id;
  await client.runs.delete(runs.deleted);
}
