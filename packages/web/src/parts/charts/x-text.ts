import { formatDuration, formatNumber, formatTime } from "../../lib/format.ts";
import type { ChartAxis } from "./chart-settings.ts";
import type { ChartTexts } from "./texts.ts";

/** A place on the x axis, in words: "Step 1200", "1h 12m". */
export function xText(t: ChartTexts, axis: ChartAxis, x: number): string {
  if (axis === "wall") return formatTime(x, "seconds");
  if (axis === "time") return x < 0 ? `−${formatDuration(-x)}` : formatDuration(x);
  const at = Number.isInteger(x) ? String(x) : formatNumber(x, 6);
  return `${axis === "epoch" ? t.axisEpoch : t.axisStep} ${at}`;
}

export function axisText(t: ChartTexts, axis: ChartAxis): string {
  return { step: t.axisStep, epoch: t.axisEpoch, time: t.axisTime, wall: t.axisWall }[axis];
}
