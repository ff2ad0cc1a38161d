import type { CopyVersion, CreateVersion, UpdateVersion, Version, VersionOrigin } from "@cairn/core";
import * as z from "zod";
import { artifactPath } from "./artifact-shapes.ts";
import { jsonMap, strict, tagChanges, textMap, time } from "./common.ts";
import { shapeOf } from "./endpoint.ts";
import { namePolicy } from "./experiments.ts";
import { modelId, versionNumber } from "./models.ts";
import { once } from "./once.ts";

const state = once(() =>
  z.enum(["draft", "sealed"]).meta({ description: "What is sealed has files and metadata that never change." }),
);
const label = once(() =>
  z.string().meta({ description: "The caller's own name for it, such as `1.0`; unique in its model." }),
);
const stage = once(() => z.string().meta({ description: 'Free text, such as `Production`; "" = none.' }));
const metadata = once(() =>
  jsonMap().meta({ description: 'JSON values by key; "NaN", "Infinity" and "-Infinity" are numbers.' }),
);

export const version = once(() =>
  shapeOf<Version>()({
    model: modelId(),
    name: z.string().meta({ description: "Its model's." }),
    number: versionNumber(),
    label: label().nullable(),
    state: state(),
    stage: stage(),
    metadata: metadata(),
    comment: z.string(),
    author: z.string(),
    run: z.string().nullable().meta({ description: "Id of the run that it came from." }),
    source: z
      .string()
      .nullable()
      .meta({ description: "A URI that says where it came from; nothing is fetched from it." }),
    link: z.string().nullable().meta({ description: "Where people read about its source." }),
    checkpoint: z.string().nullable().meta({ description: "Id of the checkpoint that it was made from." }),
    files: z.int().meta({ description: "How many there are." }),
    bytes: z.int().meta({ description: "Of all its files." }),
    createdAt: time(),
    updatedAt: time(),
    sealedAt: time().nullable(),
    aliases: z.array(z.string()).meta({ description: "Those that point at it, `latest` left out." }),
    tags: textMap(),
  }).meta({ id: "Version", description: "One state of a model." }),
);

const origin = once(() =>
  shapeOf<VersionOrigin>()({
    run: z.string().optional(),
    checkpoint: z.string().optional(),
    folder: artifactPath().optional(),
  }).meta({ description: "A folder of a run or a checkpoint, of which it gets the files as they stand now." }),
);

const fields = once(() => ({
  label: label().optional(),
  onConflict: namePolicy().optional(),
  state: state().optional(),
  stage: stage().optional(),
  metadata: metadata().optional(),
  comment: z.string().optional(),
  author: z.string().optional(),
  run: z.string().nullable().optional(),
  source: z.string().nullable().optional(),
  link: z.string().nullable().optional(),
  checkpoint: z.string().nullable().optional(),
  tags: textMap().optional(),
}));

export const createVersion = once(() => shapeOf<CreateVersion>()({ ...fields(), from: origin().optional() }));
export const copyVersion = once(() => shapeOf<CopyVersion>()({ ...fields(), to: modelId() }));
export const updateVersion = once(() =>
  shapeOf<UpdateVersion>()({
    label: label().nullable().optional(),
    metadata: metadata().optional(),
    comment: z.string().optional(),
    stage: stage().optional(),
    moveOthersTo: z
      .string()
      .optional()
      .meta({ description: "The stage into which all others go that are in the new one now." }),
    tags: tagChanges().optional(),
    strict: strict(),
  }),
);
