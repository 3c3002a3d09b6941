import type { Key } from '#lib/state/url-state.ts';
import type { Catalogue } from './catalogue.ts';
import { dimensionsAt, type Grain, grainsOf, type View } from './view.ts';
import type { Dimension } from './question.ts';

const grainWords: Record<Grain, string> = { MONTH: 'Months', QUARTER: 'Quarters', YEAR: 'Years' };

/** Grains that the release publishes tables at, quarters first. */
export function grainKey(all: View): Key {
  const held = grainsOf(all);
  const options = held.map((grain) => ({ value: grain.toLowerCase(), label: grainWords[grain] }));
  return { label: 'Periods', options, fallback: options[0]?.value };
}

/** The measures of the release as options, grouped by the ask that they serve. */
export function measureKey(all: Catalogue, fallback: string): Key {
  const byId = new Map(all.measures.map((measure) => [measure.id, measure]));
  const grouped = all.asks.flatMap((ask) =>
    ask.measures.map(({ id }) => ({ value: id, label: byId.get(id)?.title ?? id, group: ask.label })),
  );
  const options = grouped.length
    ? grouped
    : all.measures.map((measure) => ({ value: measure.id, label: measure.title }));
  return {
    label: 'Measure',
    options,
    fallback: options.some((option) => option.value === fallback) ? fallback : options[0]?.value,
  };
}

/** What a figure may be split by: nations where there are several, then the dimensions that the source has at nations. */
export function splitKey(view: View, grain: Grain): Key {
  const options = dimensionsAt(view, 'NATION', grain).map(({ id, label }) => ({ value: id.toLowerCase(), label }));
  const nations = view.source === 'EXTRACTS' ? [{ value: 'nation', label: 'Nation' }] : [];
  const all = [...nations, ...options, { value: 'none', label: 'No split' }];
  return { label: 'Split by', options: all, fallback: all[0]?.value };
}

/** A tick list of the categories of a dimension; null where the source has no tables of it. */
export function categoryKey(view: View, dimension: Dimension, grain: Grain): Key | null {
  const found = dimensionsAt(view, 'NATION', grain).find((one) => one.id === dimension);
  if (!found?.categories.length) return null;
  return {
    label: found.label,
    many: true,
    options: found.categories.map(({ code, label }) => ({ value: code, label })),
  };
}

export function nationKey(all: Catalogue): Key {
  return { label: 'Nation', many: true, options: all.nations.map(({ code, label }) => ({ value: code, label })) };
}

/** Which kind of figures, where the release holds both. */
export function sourceKey(all: Catalogue): Key | null {
  if (!all.release.hasExtracts || !all.release.hasPublished) return null;
  const options = [
    { value: 'extracts', label: all.release.synthetic ? 'Synthetic sample' : 'Workforce extracts' },
    { value: 'published', label: 'Official published figures' },
  ];
  return { label: 'Data', options, fallback: 'extracts' };
}
