import type { Services } from "@cairn/core";
import type { Iterations } from "./ports.ts";

/** The iterations of a run; the dataset of each is an input of the run as well, with the phase as its context. */
export function serverIterations({ runs }: Services, run: string): Iterations {
  return {
    async put(iteration) {
      const { dataset, phase } = iteration;
      const inputs =
        dataset === null
          ? []
          : [
              {
                dataset: {
                  name: dataset.name,
                  digest: dataset.hash,
                  sourceType: "iteration",
                  source: JSON.stringify(dataset.arguments),
                  schema: null,
                  profile: null,
                },
                context: phase,
                tags: {},
              },
            ];
      await runs.log(run, { iterations: [iteration], inputs });
    },
    list: async () => [...(await runs.listIterations(run))],
    async clear() {
      await runs.clearIterations(run);
    },
  };
}
