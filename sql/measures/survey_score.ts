import type { Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'survey_score',
  subject: 'voice',
  title: 'Staff survey score',
  plain: 'How staff answered in the survey, from 0 (worst) to 10 (best), for each theme.',
  ask: 'voice',
  unit: 'score',
  direction: 'up',
  formula: () => ({ kind: 'ratio', numerator: { score: 1 }, denominator: { score_base: 1 } }),
  scale: 1 / 1000,
  comparable: ['england'],
  grains: ['year'],
  caveats: [
    'Rows must be split by theme.',
    'All staff of the trust who answered, not AHP support workers alone: context, not a result of this workforce.',
    'Above organisation level it is the plain mean of trusts, whatever their size.',
    'England only: Scotland has iMatter, and Wales and Northern Ireland have surveys of their own.',
  ],
  source: 'NHS Staff Survey, People Promise scores by trust: https://www.nhsstaffsurveys.com/results/',
};
