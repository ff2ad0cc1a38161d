import type { ColumnsInput, KeyColumn, LabelUse, MetricColumn, ParameterColumn, TableColumns } from "@cairn/core";
import { keyKinds, valueTypes } from "@cairn/core";
import * as z from "zod";
import { experimentId, searchFields } from "./common.ts";
import { endpoint, shapeOf } from "./endpoint.ts";

const keyColumn = {
  key: z.string().meta({ description: "The whole key; a parameter's with its group." }),
  field: z.string().meta({ description: "The field as a query writes it." }),
  runs: z.int().meta({ description: "How many of the runs have it." }),
};

const parameterColumn = shapeOf<ParameterColumn>()({
  ...keyColumn,
  group: z.string(),
  distinct: z.int().meta({ description: "How many different values it has in these runs." }),
  types: z.array(z.enum(valueTypes)).meta({ description: "`other`: lists, objects and null." }),
});

const metricColumn = shapeOf<MetricColumn>()({
  ...keyColumn,
  name: z.string().meta({ description: "The key without its phase." }),
  phase: z.string().nullable(),
});

const labelUse = shapeOf<LabelUse>()({ label: z.string(), runs: z.int() }).meta({ id: "LabelUse" });

const tableColumns = shapeOf<TableColumns>()({
  runs: z.int().meta({ description: "The runs that were looked at." }),
  parameters: z.array(parameterColumn),
  metrics: z.array(metricColumn),
  tags: z.array(shapeOf<KeyColumn>()(keyColumn)),
  labels: z.array(labelUse),
  more: z.boolean().meta({ description: "A list was cut at the limit." }),
}).meta({ id: "TableColumns", description: "Which columns a table of runs may have." });

const columnsInput = {
  experiments: z.array(experimentId).optional().meta({ description: "All when left out." }),
  filter: searchFields.filter,
  lifecycle: searchFields.lifecycle,
  kinds: z.array(z.enum(keyKinds)).optional().meta({ description: "All when left out." }),
  contains: z.string().optional().meta({ description: "Only keys with this text in them, whatever its case." }),
  limit: z.int().optional().meta({ description: "The most of each kind: 1 … 10 000; 2000 when left out." }),
} satisfies { [K in keyof ColumnsInput]-?: z.ZodType<ColumnsInput[K]> };

export const columnEndpoints = {
  "runs.columns": endpoint({
    method: "POST",
    path: "/runs/columns",
    args: ["*"],
    input: z.strictObject(columnsInput),
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
    input: z.strictObject({
      project: z.string().optional().meta({ description: "The default one when left out." }),
      experiments: z.array(experimentId).optional().meta({ description: "Only labels of their runs." }),
      limit: z.int().optional().meta({ description: "1 … 10 000; 1000 when left out." }),
    }),
    result: z.array(labelUse),
    errors: ["invalid", "not_found", "too_large"],
    idempotent: true,
    doc: {
      summary: "List labels with how many runs have each",
      text: "The most used first; of a project also those that no run has now. Deleted runs do not count.",
      example: {},
    },
  }),
} as const;
