import type { Project } from "@cairn/core";
import * as z from "zod";
import { pageOf, time } from "./common.ts";
import { endpoint, shapeOf } from "./endpoint.ts";
import { once } from "./once.ts";

export const project = once(() =>
  shapeOf<Project>()({
    id: z.int(),
    name: z.string(),
    public: z.boolean(),
    owner: z.string().nullable(),
    createdAt: time(),
  }).meta({ id: "Project", description: "The wall between groups of users." }),
);

export const projectEndpoints = {
  "projects.list": endpoint({
    method: "GET",
    path: "/projects",
    args: [],
    input: () => z.strictObject({}),
    result: () => pageOf(project()),
    errors: [],
    doc: { summary: "List projects", example: {} },
  }),
} as const;
