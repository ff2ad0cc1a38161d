import type {
  ColumnsInput,
  GroupsInput,
  KeyColumn,
  LabelUse,
  MetricColumn,
  ParameterColumn,
  TableColumns,
} from "@cairn/core";
import { groupOrders, keyKinds, valueTypes } from "@cairn/core";
import * as z from "zod";
import { experimentId, searchFields, time } from "./common.ts";
import { endpoint, shapeOf } from "./endpoint.ts";
import { groupsCodec, type WireGroup, type WireGroupMetric, type WireGroups } from "./group-codec.ts";
import { wireNumber } from "./number-shapes.ts";
import { once } from "./once.ts";

const keyColumn = once(() => ({
  key: z.string().meta({ description: "The whole key; a parameter's with its group." }),
  field: z.string().meta({ description: "The field as a query writes it." }),
  runs: z.int().meta({ description: "How many of the runs have it." }),
}));

const parameterColumn = once(() =>
  shapeOf<ParameterColumn>()({
    ...keyColumn(),
    group: z.string(),
    distinct: z.int().meta({ description: "How many different values it has in these runs." }),
    types: z.array(z.enum(valueTypes)).meta({ description: "`other`: lists, objects and null." }),
  }),
);

const metricColumn = once(() =>
  shapeOf<MetricColumn>()({
    ...keyColumn(),
    name: z.string().meta({ description: "The key without its phase." }),
    phase: z.string().nullable(),
  }),
);

const labelUse = once(() => shapeOf<LabelUse>()({ label: z.string(), runs: z.int() }).meta({ id: "LabelUse" }));

const tableColumns = once(() =>
  shapeOf<TableColumns>()({
    runs: z.int().meta({ description: "The runs that were looked at." }),
    parameters: z.array(parameterColumn()),
    metrics: z.array(metricColumn()),
    tags: z.array(shapeOf<KeyColumn>()(keyColumn())),
    labels: z.array(labelUse()),
    more: z.boolean().meta({ description: "A list was cut at the limit." }),
  }).meta({ id: "TableColumns", description: "Which columns a table of runs may have." }),
);

const columnsInput = once(
  () =>
    ({
      experiments: z.array(experimentId()).optional().meta({ description: "All when left out." }),
      filter: searchFields().filter,
      lifecycle: searchFields().lifecycle,
      kinds: z.array(z.enum(keyKinds)).optional().meta({ description: "All when left out." }),
      contains: z.string().optional().meta({ description: "Only keys with this text in them, whatever its case." }),
      limit: z.int().optional().meta({ description: "The most of each kind: 1 … 10 000; 2000 when left out." }),
    }) satisfies { [K in keyof ColumnsInput]-?: z.ZodType<ColumnsInput[K]> },
);

const groupMetric = once(() =>
  shapeOf<WireGroupMetric>()({
    key: z.string(),
    runs: z.int().meta({ description: "How many of the runs have a finite latest value." }),
    min: z.number().nullable(),
    max: z.number().nullable(),
    mean: wireNumber().nullable(),
  }),
);

const runGroup = once(() =>
  shapeOf<WireGroup>()({
    value: z.union([z.string(), z.number(), z.boolean()]).nullable().meta({
      description:
        'null = the runs lack the field. A text that plainly is a number stands with that number; "NaN" by name.',
    }),
    filter: z.string().meta({ description: "The query that finds these runs among all." }),
    runs: z.int(),
    newest: time().meta({ description: "When the newest of them was made." }),
    metrics: z.array(groupMetric()),
  }).meta({ id: "RunGroup" }),
);

const runGroups = once(() =>
  shapeOf<WireGroups>()({
    items: z.array(runGroup()),
    groups: z.int().meta({ description: "How many groups there are." }),
    runs: z.int().meta({ description: "How many runs there are in them, each counted once." }),
    more: z.boolean().meta({ description: "There are groups after these." }),
  }),
);

const groupsInput = once(
  () =>
    ({
      experiments: columnsInput().experiments,
      filter: searchFields().filter,
      lifecycle: searchFields().lifecycle,
      by: z
        .string()
        .meta({ description: "A field as a query writes it: `params.model`, `tags.team`, `label`, `state` …" }),
      metrics: z
        .array(z.string())
        .optional()
        .meta({ description: "Keys of metrics whose latest values are wanted over each group; 50 at most." }),
      order: z.enum(groupOrders).optional().meta({ description: "`runs` (most first) when left out." }),
      limit: z.int().optional().meta({ description: "1 … 10 000; 100 when left out." }),
      offset: z.int().optional().meta({ description: "Groups to pass over." }),
    }) satisfies { [K in keyof GroupsInput]-?: z.ZodType<GroupsInput[K]> },
);

export const columnEndpoints = {
  "runs.groups": endpoint({
    method: "POST",
    path: "/runs/groups",
    args: ["*"],
    input: () => z.strictObject(groupsInput()),
    result: runGroups,
    errors: ["invalid", "too_large"],
    idempotent: true,
    codec: groupsCodec,
    doc: {
      summary: "Group runs by the values of a field",
      text:
        "Each group opens as a search: `filter` chooses its runs among all, so put it beside your own by AND. A run with two " +
        "labels is in both their groups.",
      example: { experiments: [0], by: "params.lr", metrics: ["loss"] },
    },
  }),
  "runs.columns": endpoint({
    method: "POST",
    path: "/runs/columns",
    args: ["*"],
    input: () => z.strictObject(columnsInput()),
    result: tableColumns,
    errors: ["invalid"],
    idempotent: true,
    doc: {
      summary: "List which parameters, metrics, tags and labels runs have",
      text: "The most used first, each with how many of the runs have it: the columns that a table of these runs may have.",
      example: { experiments: [0], contains: "loss", kinds: ["metrics"] },
    },
  }),
  "labels.list": endpoint({
    method: "POST",
    path: "/labels/list",
    twin: "/labels",
    args: ["*"],
    input: () =>
      z.strictObject({
        project: z.string().optional().meta({ description: "The default one when left out." }),
        experiments: z.array(experimentId()).optional().meta({ description: "Only labels of their runs." }),
        limit: z.int().optional().meta({ description: "1 … 10 000; 1000 when left out." }),
      }),
    result: () => z.array(labelUse()),
    errors: ["invalid", "not_found", "too_large"],
    idempotent: true,
    doc: {
      summary: "List labels with how many runs have each",
      text: "The most used first; of a project also those that no run has now. Deleted runs do not count.",
      example: {},
    },
  }),
} as const;
