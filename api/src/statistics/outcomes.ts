import { argumentsOf } from '@ahp/sql/arguments';
import type { Measure, Parameters, Sum } from '@ahp/sql/measure';
import { measures } from '@ahp/sql/registry';

/** Something that may happen to people, by which groups are compared. */
export interface Outcome {
  measure: Measure;
  worse: 'higher' | 'lower';
  given: Partial<Parameters>;
  events: Sum;
  people: Sum;
}

/** Started an apprenticeship: a rate of starts to staff that may be read as a likelihood. */
const alsoOutcomes: Readonly<Record<string, 'higher' | 'lower'>> = { starts_per_100_staff: 'lower' };

/** Every outcome by the id of its measure. */
export const outcomes: ReadonlyMap<string, Outcome> = new Map(
  measures.flatMap((measure): [string, Outcome][] => {
    const worse = measure.outcome?.worse ?? alsoOutcomes[measure.id];
    if (!worse) return [];
    const given = measure.outcome?.given ?? {};
    const formula = measure.formula(argumentsOf(measure, given), 'extracts');
    if (formula.kind !== 'proportion' && formula.kind !== 'rate') return [];
    return [[measure.id, { measure, worse, given, events: formula.numerator, people: formula.denominator }]];
  }),
);
