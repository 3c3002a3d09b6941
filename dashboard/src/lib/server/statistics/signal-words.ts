import type { Mark } from '#lib/figure/figure.ts';
import type { graphql } from '../graphql.ts';

type Variation = ReturnType<typeof graphql.scalar<'Variation'>>;
type Rule = ReturnType<typeof graphql.scalar<'SpcRule'>>;

const looks: Record<Variation, Mark['signal']> = {
  COMMON_CAUSE: 'common',
  IMPROVEMENT: 'improvement',
  CONCERN: 'concern',
  SPECIAL_CAUSE: 'neutral',
};

const kinds: Record<Variation, string> = {
  COMMON_CAUSE: 'Usual variation',
  IMPROVEMENT: 'Improvement',
  CONCERN: 'Concern',
  SPECIAL_CAUSE: 'Change',
};

const rules: Record<Rule, string> = {
  ABOVE_LIMIT: 'above the upper limit',
  BELOW_LIMIT: 'below the lower limit',
  TREND_UP: 'part of a steady rise',
  TREND_DOWN: 'part of a steady fall',
  TWO_OF_THREE_ABOVE: 'close to the upper limit twice in three',
  TWO_OF_THREE_BELOW: 'close to the lower limit twice in three',
  SHIFT_ABOVE: 'part of a run above the mean',
  SHIFT_BELOW: 'part of a run below the mean',
  YEAR_ABOVE: 'part of a year above the years before',
  YEAR_BELOW: 'part of a year below the years before',
};

/** Look and words of a variation and of the rule that found it; without one, of a point that has no verdict. */
export function markOf(variation: Variation | null, rule: Rule | null, shown = true): Mark {
  if (variation === null) return { signal: 'common', text: shown ? 'No verdict' : 'Not shown' };
  return { signal: looks[variation], text: rule ? `${kinds[variation]}: ${rules[rule]}` : kinds[variation] };
}
