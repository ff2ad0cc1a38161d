import { type ArtifactContent, invalid } from "@cairn/core";
import type { EChartsOption } from "echarts";
import { type Figure, renderPng, renderSvg } from "../../figures/figure.ts";
import { decodeObject } from "../../objects/decode-object.ts";
import { encodeObject } from "../../objects/encode-object.ts";
import { OBJECT_TYPE } from "../../objects/object-format.ts";

/** How a chart is kept: `true` is `"png"`. */
export type Plot = boolean | "png" | "svg";

export interface Content {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

const PNG = "image/png";
const SVG = "image/svg+xml";
/** Of charts that do not say how large they are. */
const WIDTH = 1000;
const HEIGHT = 600;

/**
 * What is stored of a value: its encoding, or with `plot` a picture of the chart that it is: a Figure, an ECharts
 * instance or option, an SVG text, the bytes of a PNG.
 * @throws invalid for what cannot be encoded, and for a `plot` that is no chart
 */
export async function contentOf(value: unknown, plot: Plot = false): Promise<Content> {
  if (plot === false) return { bytes: encodeObject(value), contentType: OBJECT_TYPE };
  if (value instanceof Uint8Array) {
    if (isPng(value) && plot !== "svg") return { bytes: value, contentType: PNG };
    throw invalid("These bytes are no PNG: with `plot`, give a chart.");
  }
  const svg = await svgOf(value);
  if (plot === "svg") return { bytes: new TextEncoder().encode(svg.text), contentType: SVG };
  return { bytes: await renderPng(svg.text, svg.width * 2), contentType: PNG };
}

/** What `contentOf` was given; the bytes themselves of anything that is no encoded value. */
export async function payloadOf(content: ArtifactContent): Promise<unknown> {
  const parts: Uint8Array[] = [];
  for await (const part of content.read()) parts.push(part);
  const bytes = new Uint8Array(await new Blob(parts as Uint8Array<ArrayBuffer>[]).arrayBuffer());
  return content.contentType === OBJECT_TYPE ? decodeObject(bytes) : bytes;
}

async function svgOf(chart: unknown): Promise<{ readonly text: string; readonly width: number }> {
  if (typeof chart === "string" && /^\s*(?:<\?xml[^>]*>\s*)?<svg[\s>]/.test(chart))
    return { text: chart, width: WIDTH };
  if (typeof chart === "object" && chart !== null) {
    if ("toSvg" in chart) {
      const figure = chart as Figure;
      return { text: await figure.toSvg(), width: figure.width };
    }
    if ("renderToSVGString" in chart) {
      const instance = chart as { renderToSVGString(): string; getWidth?(): number };
      return { text: instance.renderToSVGString(), width: instance.getWidth?.() ?? WIDTH };
    }
    if ("series" in chart) return { text: await renderSvg(chart as EChartsOption, WIDTH, HEIGHT), width: WIDTH };
  }
  throw invalid("With `plot`, give a chart: a figure, an ECharts instance or option, an SVG text, a PNG.");
}

function isPng(bytes: Uint8Array): boolean {
  return [0x89, 0x50, 0x4e, 0x47].every((byte, i) => bytes[i] === byte);
}
