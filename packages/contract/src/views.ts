import type { CreateView, ListViews, UpdateView, View, ViewInfo } from "@cairn/core";
import * as z from "zod";
import { experimentId, json, time } from "./common.ts";
import { endpoint, shapeOf } from "./endpoint.ts";
import { once } from "./once.ts";

const project = once(() => z.string().optional().meta({ description: "`default` when left out." }));
const name = once(() => z.string().meta({ description: "Unique among those of its project, screen and experiment." }));
const screen = once(() =>
  z.string().meta({ description: "Which screen it is of, such as `experiment`, `compare` or `tracker`." }),
);
const state = once(() =>
  json().meta({ description: "Any JSON, at most 65 536 characters. What is in it is the caller's affair." }),
);
const id = once(() => z.strictObject({ id: z.int().min(0).meta({ description: "Number of a view." }) }));

const info = once(() => ({
  id: z.int(),
  project: z.string(),
  name: name(),
  screen: screen(),
  experiment: experimentId().nullable(),
  author: z.string(),
  createdAt: time(),
  updatedAt: time(),
}));
const viewInfo = once(() =>
  shapeOf<ViewInfo>()(info()).meta({ id: "ViewInfo", description: "A view without its state." }),
);
const view = once(() =>
  shapeOf<View>()({ ...info(), state: state() }).meta({ id: "View", description: "A saved screen." }),
);

const create = once(() =>
  shapeOf<CreateView>()({
    project: project(),
    name: name(),
    screen: screen(),
    experiment: experimentId().nullable().optional(),
    state: state(),
  }),
);
const update = once(() => shapeOf<UpdateView>()({ name: name().optional(), state: state().optional() }));
const list = once(() =>
  shapeOf<ListViews>()({
    project: project(),
    screen: screen().optional(),
    experiment: experimentId()
      .nullable()
      .optional()
      .meta({ description: "null: only those of no experiment; all when left out." }),
  }),
);

export const viewEndpoints = {
  "views.create": endpoint({
    method: "POST",
    path: "/views",
    args: ["*"],
    input: create,
    result: view,
    errors: ["invalid", "not_found", "conflict"],
    doc: {
      summary: "Save a screen as a view",
      example: { name: "vision, best first", screen: "experiment", experiment: 0, state: { order: "metrics.loss" } },
    },
  }),
  "views.list": endpoint({
    method: "POST",
    path: "/views/list",
    twin: "/views",
    args: ["*"],
    input: list,
    result: () => z.array(viewInfo()),
    errors: ["invalid", "not_found"],
    idempotent: true,
    doc: { summary: "List views", text: "Without their states; by screen, experiment and name.", example: {} },
  }),
  "views.get": endpoint({
    method: "GET",
    path: "/views/{id}",
    args: ["id"],
    input: id,
    result: view,
    errors: ["invalid", "not_found"],
    doc: { summary: "Get a view with its state" },
  }),
  "views.update": endpoint({
    method: "PATCH",
    path: "/views/{id}",
    args: ["id", "*"],
    input: () => id().extend(update().shape),
    result: view,
    errors: ["invalid", "not_found", "conflict"],
    idempotent: true,
    doc: { summary: "Change a view's name or state" },
  }),
  "views.delete": endpoint({
    method: "DELETE",
    path: "/views/{id}",
    args: ["id"],
    input: id,
    result: null,
    errors: ["invalid", "not_found"],
    doc: { summary: "Delete a view for good" },
  }),
} as const;
