import { type Field, type ReadTx, runSchema } from "@cairn/core";
import type { Column } from "./column.ts";
import { buildListColumn } from "./list-column.ts";
import { buildMetricColumn, type MetricColumn } from "./metric-column.ts";
import { buildNumberColumn } from "./number-column.ts";
import { attributeNumbers, attributeTexts, datasetTexts, keyedTexts, labelTexts } from "./sources.ts";
import type { Spine } from "./spine.ts";
import { buildTextColumn } from "./text-column.ts";

/** Reads one field of all runs. */
export function buildColumn(tx: ReadTx, spine: Spine, field: Field): Column | MetricColumn {
  switch (field.kind) {
    case "metric":
      return buildMetricColumn(tx, spine, field.key, field.stat);
    case "parameter":
      return buildTextColumn(tx, spine, keyedTexts("parameters", field.key));
    case "tag":
      return buildTextColumn(tx, spine, keyedTexts("tags", field.key));
    case "point":
      throw new Error("a run has no points of its own to search; its metrics are summaries");
    case "label":
      return buildListColumn(tx, spine, labelTexts);
    case "dataset":
      return buildListColumn(tx, spine, datasetTexts(field.name));
    case "attribute": {
      const type = runSchema.attributes[field.name];
      if (type === "text") return buildTextColumn(tx, spine, attributeTexts(field.name));
      return buildNumberColumn(tx, spine, attributeNumbers(field.name), type === "boolean");
    }
  }
}
