import type { Artifact, ArtifactEntry, ArtifactOptions, UploadState } from "@cairn/core";
import * as z from "zod";
import { time } from "./common.ts";
import { shapeOf } from "./endpoint.ts";
import { once } from "./once.ts";

export const artifactPath = once(() =>
  z
    .string()
    .meta({ description: "Relative path with `/` between names, such as `plots/loss.png`; no `..`, no backslash." }),
);

export const artifactEntry = once(() =>
  shapeOf<ArtifactEntry>()({
    path: z.string(),
    isFolder: z.boolean(),
    size: z.int().meta({ description: "Bytes; 0 for a folder." }),
  }).meta({ id: "ArtifactEntry" }),
);

export const artifact = once(() =>
  shapeOf<Omit<Artifact, "digest"> & { readonly digest: string }>()({
    path: z.string(),
    revision: z.int(),
    digest: z.string().meta({ description: "SHA-256 as 64 hex digits." }),
    size: z.int(),
    contentType: z.string().nullable(),
    descriptor: z.string().nullable(),
    author: z.string(),
    at: time(),
  }).meta({ id: "Artifact", description: "One revision of a file." }),
);

export const artifactOptions = once(
  () =>
    ({
      contentType: z.string().nullable().optional(),
      descriptor: z.string().nullable().optional().meta({ description: "Free text." }),
    }) satisfies { [K in keyof ArtifactOptions]-?: z.ZodType<ArtifactOptions[K]> },
);

/** What bytes' endpoints take in the query: the content type travels as a header. */
export const descriptor = once(() => ({ descriptor: z.string().optional().meta({ description: "Free text." }) }));

/** What downloads take in the query. */
export const shown = once(() => ({
  inline: z
    .boolean()
    .optional()
    .meta({
      description:
        "For a browser to show and not to save: pictures, JSON, and text as plain text; HTML and SVG in a sandbox, where " +
        "no script runs. Anything else is saved all the same.",
    }),
}));

export const listFields = once(() => ({
  folder: z.string().optional().meta({ description: "The top when left out." }),
  limit: z.int().optional(),
  cursor: z.string().optional().meta({ description: "`next` of the page before." }),
}));

export const uploadState = once(() =>
  shapeOf<UploadState>()({
    id: z.string(),
    received: z.int().meta({ description: "Bytes stored so far: the next part starts here." }),
    size: z.int().nullable(),
    createdAt: time(),
  }).meta({ id: "UploadState" }),
);
