import type { AnswerForms, Page, Run } from "@cairn/core";
import { encodeRun } from "./encode.ts";
import { runArtifacts } from "./locations.ts";

/** By the experiment's id, where the artifacts of its runs lie. */
export type ExperimentLocations = Readonly<Record<number, string>>;

const utf8 = new TextEncoder();

/** This wire's large answers, made where the rows are: `runs/search` asks for up to 50 000 runs. */
export const mlflowForms = {
  mlflow: {
    "runs.search": ({ items, next }: Page<Run>, locations: ExperimentLocations) => {
      const runs = items.map((run) => encodeRun(run, runArtifacts(locations[run.experiment] ?? "", run.id)));
      const answer = {
        ...(runs.length === 0 ? {} : { runs }),
        ...(next === null ? {} : { next_page_token: next }),
      };
      return utf8.encode(JSON.stringify(answer));
    },
  },
} as const satisfies AnswerForms;
