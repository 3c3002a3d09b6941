/** Analysis Function categorical colours in their order, with a dash and a point shape each so that colour is never alone. */
export const palette = [
  { colour: '#12436d', dash: [], shape: 'circle' },
  { colour: '#28a197', dash: [7, 4], shape: 'rect' },
  { colour: '#801650', dash: [2, 3], shape: 'triangle' },
  { colour: '#f46a25', dash: [9, 3, 2, 3], shape: 'rectRot' },
  { colour: '#3d3d3d', dash: [4, 2], shape: 'crossRot' },
  { colour: '#a285d1', dash: [1, 2], shape: 'star' },
] as const;

export type Swatch = (typeof palette)[number];

/** The look of place `index`; places beyond the palette start again. */
export function swatch(index: number): Swatch {
  return palette[index % palette.length] ?? palette[0];
}

/** Whatever is left over in a share: 3 to 1 on white, and under dark labels 4.5 to 1. */
export const remainder = '#949494';

/** Places in the palette that stay the same on every page. */
export const fixedSwatches: Record<string, number> = { england: 0, scotland: 1, wales: 2, northern_ireland: 3, uk: 4 };

/** Colour and shape of each SPC signal: ours, all above 4.5:1 on white, never copied artwork. */
export const signals = {
  common: { colour: '#6b6b6b', shape: 'circle', words: 'Usual variation' },
  improvement: { colour: '#0072c6', shape: 'rect', words: 'Improvement' },
  concern: { colour: '#c2500a', shape: 'triangle', words: 'Concern' },
  neutral: { colour: '#490092', shape: 'rectRot', words: 'Change, neither good nor bad' },
} as const;

/** Text, guide lines and grid of a chart on its white card. */
export const ink = { text: '#212b32', muted: '#4c6272', grid: '#e3e8ec', guide: '#6b7a86', paper: '#ffffff' } as const;
