import { argumentsOf } from '@ahp/sql/arguments';
import type { Measure, Parameters } from '@ahp/sql/measure';
import { measureById } from '@ahp/sql/registry';

const methodNames: Readonly<Record<string, string>> = {
  NHSE_AVERAGE: 'average method',
  NES_START: 'of the start headcount, role changes included',
  NES_TRUE: 'of the start headcount',
};

/**
 * A measure as charts take it: with its arguments fixed. The leaver rate counts who left, out of those at the start, unless a method is
 * asked for: the average method adds people going on leave, whose number only blurs a chart.
 */
export function chartedMeasure(id: string, method?: Parameters['method'] | null): Measure {
  const measure = measureById(id);
  if (!measure.parameters?.method) return measure;
  const given = argumentsOf(measure, { ...measure.outcome?.given, ...(method ? { method } : {}) });
  return {
    ...measure,
    title: `${measure.title} (${methodNames[given.method]})`,
    parameters: undefined,
    formula: (_, source) => measure.formula(given, source),
  };
}

/** What a share of people is multiplied by in a measure: 1, or 100 where it is a number per 100. */
export function perOf(measure: Measure): number {
  const formula = measure.formula(argumentsOf(measure), 'extracts');
  return (formula.kind === 'rate' ? formula.per : 1) * (measure.scale ?? 1);
}
