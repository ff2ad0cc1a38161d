import { useEffect, useState } from "react";
import { formatCount, formatNumber } from "../../lib/format.ts";
import { currentLocale, useTexts } from "../../lib/texts.ts";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { chartSeries } from "./chart-series.ts";
import type { ChartSettings } from "./chart-settings.ts";
import { chartValues, type SeriesValues } from "./chart-values.ts";
import styles from "./charts.module.css";
import type { ChartSeries } from "./group-metrics.ts";
import { paletteOf } from "./palette.ts";
import { createPlot, type PlotPicture } from "./plot.ts";
import { RunMark } from "./RunMark.tsx";
import { chartTexts } from "./texts.ts";
import { xText } from "./x-text.ts";

export interface ChartValuesProps {
  readonly title: string;
  readonly series: readonly ChartSeries[];
  readonly settings: ChartSettings;
}

/** The same as the chart, in numbers: what each series came to, and its values along the x axis. */
export function ChartValues({ title, series, settings }: ChartValuesProps) {
  const t = useTexts(chartTexts);
  const [picture, setPicture] = useState<PlotPicture>();
  useEffect(() => {
    const plot = createPlot(chartSeries(), setPicture);
    const size = { width: 640, height: 320 };
    plot.update({ series, settings, ...size, isDark: false, palette: paletteOf(false), locale: currentLocale() });
    return plot.dispose;
  }, [series, settings]);
  if (picture === undefined || picture.isLoading) return <Skeleton height="200px" />;
  const { series: all, places } = chartValues(picture);
  if (all.length === 0) return <p>{t.noPoints}</p>;
  const name = ({ series: { run, phase } }: SeriesValues) => (
    <>
      <RunMark style={run.style} /> {run.name}
      {phase !== null && <span className={styles.phase}> {phase}</span>}
    </>
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <div className={styles.values} role="region" aria-label={title} tabIndex={0}>
      <table>
        <caption className="visually-hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{t.run}</th>
            <th scope="col">{t.latest}</th>
            <th scope="col">{t.least}</th>
            <th scope="col">{t.most}</th>
            <th scope="col">{t.count}</th>
            {places.map((x) => (
              <th key={x} scope="col">
                {xText(t, settings.axis, x)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {all.map((each) => (
            <tr key={`${each.series.run.id} ${each.series.key}`}>
              <th scope="row">{name(each)}</th>
              <td>{formatNumber(each.latest)}</td>
              <td>{formatNumber(each.least)}</td>
              <td>{formatNumber(each.most)}</td>
              <td>{formatCount(each.points)}</td>
              {places.map((x, index) => (
                <td key={x}>{each.values[index] === undefined ? "–" : formatNumber(each.values[index])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
