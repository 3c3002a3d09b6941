import { argumentsOf } from '@ahp/sql/arguments';
import type { Measure, Parameters } from '@ahp/sql/measure';
import type { Catalogue } from '../release/catalogue.ts';
import { measureById } from '@ahp/sql/registry';

const methodNames: Readonly<Record<string, string>> = {
  NHSE_AVERAGE: 'average method',
  NES_START: 'of the start headcount, role changes included',
  NES_TRUE: 'of the start headcount',
};

/**
 * A measure as charts take it: with its arguments fixed. The leaver rate is the default one, as everywhere, unless a method is asked for; a
 * release that does not hold who went on leave has none, and the rate of the start headcount, so named, takes its place.
 */
export function chartedMeasure(id: string, catalogue: Catalogue, method?: Parameters['method'] | null): Measure {
  const measure = measureById(id);
  if (!measure.parameters?.method) return measure;
  const usual = argumentsOf(measure);
  const given = { ...usual, method: method ?? (isHeld(measure, usual, catalogue) ? usual.method : 'NES_TRUE') };
  return {
    ...measure,
    title: given.method === usual.method ? measure.title : `${measure.title} (${methodNames[given.method]})`,
    parameters: undefined,
    formula: (_, source) => measure.formula(given, source),
  };
}

/** Whether the release holds every tally of a measure somewhere. */
function isHeld(measure: Measure, given: Parameters, catalogue: Catalogue): boolean {
  const held = new Set(
    catalogue.holdingsOf('extracts').flatMap(({ tallies }) => [...tallies].map((key) => key.split('|').at(-1))),
  );
  return Object.keys(measure.formula(given, 'extracts').numerator).every((tally) => held.has(tally));
}

/** What a share of people is multiplied by in a measure: 1, or 100 where it is a number per 100. */
export function perOf(measure: Measure): number {
  const formula = measure.formula(argumentsOf(measure), 'extracts');
  return (formula.kind === 'rate' ? formula.per : 1) * (measure.scale ?? 1);
}
