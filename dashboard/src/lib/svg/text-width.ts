/** Advance widths of Helvetica (Arial and Liberation Sans share them) for U+0020 to U+007E, in thousandths of the font size. */
const widths = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
  556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
  722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
  556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
  260, 334, 584,
];

/** Arrows and dashes are as wide as the font size. */
const wide = new Set('→←–—…');

/** Width of a text in pixels; characters beyond ASCII count as an average letter, arrows and dashes as a wide one, bold as 7% wider. */
export function textWidth(text: string, size: number, bold: boolean): number {
  const units = [...text].reduce(
    (sum, letter) => sum + (wide.has(letter) ? 1000 : (widths[(letter.codePointAt(0) ?? 0) - 32] ?? 556)),
    0,
  );
  return (units / 1000) * size * (bold ? 1.07 : 1);
}
