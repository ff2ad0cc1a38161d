/** Code points that take two columns whatever the font: East Asian Width W and F, without emoji. */
const WIDE =
  /^[\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18aff}\u{1aff0}-\u{1b2ff}\u{1f200}-\u{1f2ff}\u{20000}-\u{3fffd}]/u;
/** Characters that are pictures by themselves, or are asked to be by a variation selector. */
const EMOJI = /\p{Emoji_Presentation}|\ufe0f/u;
const INVISIBLE = /^[\p{Mark}\p{Default_Ignorable_Code_Point}]+$/u;
const PLAIN = /^[\x20-\x7e]*$/;
/** The colours that this program prints; texts of users have lost theirs (`cell`). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence starts with one.
const COLOURS = /\u001b\[[\d;]*m/g;

let segmenter: Intl.Segmenter | undefined;
/** Made when a text needs it: that takes some 30 ms, and most names are plain. */
function graphemesOf(text: string): Iterable<Intl.SegmentData> {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: "grapheme" });
  return segmenter.segment(text);
}

/** The columns of a terminal that a text takes: two for CJK and emoji, none for colours and joined marks. */
export function displayWidth(text: string): number {
  const bare = text.includes("\u001b") ? text.replace(COLOURS, "") : text;
  if (PLAIN.test(bare)) return bare.length;
  let width = 0;
  for (const { segment } of graphemesOf(bare)) width += widthOf(segment);
  return width;
}

/** The text if it takes at most `width` columns, else its beginning and an ellipsis. Never cuts through a character. */
export function cut(text: string, width: number): string {
  const start = text.slice(0, width + 1);
  if (PLAIN.test(start)) return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
  // Stored texts may be long: only what may show is looked at.
  const head = text.length > 40 * (width + 1) ? text.slice(0, 40 * (width + 1)) : text;
  let used = 0;
  let end = 0;
  let isWhole = head.length === text.length;
  for (const { segment, index } of graphemesOf(head)) {
    const next = used + widthOf(segment);
    if (next > width) {
      isWhole = false;
      break;
    }
    if (next <= width - 1) end = index + segment.length;
    used = next;
  }
  return isWhole ? text : `${text.slice(0, end)}…`;
}

function widthOf(grapheme: string): number {
  if (PLAIN.test(grapheme)) return 1;
  if (EMOJI.test(grapheme) || WIDE.test(grapheme)) return 2;
  return INVISIBLE.test(grapheme) ? 0 : 1;
}
