/** Colours of lines, told apart by people with any colour vision, in both themes (after Okabe and Ito, 2008, darkened or lightened to 3:1). */
const COLOURS: readonly (readonly [light: string, dark: string])[] = [
  ["#0072b2", "#56a8e0"],
  ["#d55e00", "#f08a3c"],
  ["#00805f", "#2cc39a"],
  ["#b0568b", "#dd8dbb"],
  ["#8a6d00", "#e6c034"],
  ["#3d6fa8", "#8cc3f0"],
  ["#7a4fb5", "#b595ea"],
  ["#a3333d", "#f0858d"],
  ["#4d6b1e", "#a4c65c"],
  ["#5b5b66", "#b9bcc6"],
];

/** Second sign beside colour: after the tenth run the colours come again with the next dash. */
const DASHES = ["solid", "dashed", "dotted", "dashdot"] as const;
export type Dash = (typeof DASHES)[number];

export interface RunStyle {
  /** A CSS colour that knows both themes. */
  readonly colour: string;
  /** The same for a canvas, which does not know `light-dark()`. */
  readonly light: string;
  readonly dark: string;
  readonly dash: Dash;
}

/** The look of the `index`th run that is shown, 0 the first. */
export function runStyle(index: number): RunStyle {
  const [light, dark] = COLOURS[index % COLOURS.length] ?? ["#000", "#fff"];
  const dash = DASHES[Math.floor(index / COLOURS.length) % DASHES.length] ?? "solid";
  return { colour: `light-dark(${light}, ${dark})`, light, dark, dash };
}

const given = new Map<string, number>();

/** A run keeps its look on every screen until the page is loaded anew; the first ten that are asked for differ in colour. */
export function styleOfRun(id: string): RunStyle {
  let index = given.get(id);
  if (index === undefined) {
    index = given.size;
    given.set(id, index);
  }
  return runStyle(index);
}
