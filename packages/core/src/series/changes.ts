import { touchRun, writableRun } from "../runs/guard.ts";
import type { WriteContext } from "../store/context.ts";

export const seriesChanges = {
  /** All points of one series go; its key may be logged again. False if there was none. */
  "series.clear"(context: WriteContext, input: { readonly id: string; readonly key: string }): boolean {
    const row = writableRun(context.tx, input.id);
    const cleared = context.series.clear(row.row, input.key);
    if (!cleared) return false;
    touchRun(context, row);
    context.emit({ kind: "series.appended", id: row.id, experiment: row.experiment });
    return true;
  },
};
