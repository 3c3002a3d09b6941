import type { Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'always_learning',
  subject: 'voice',
  title: 'Always learning',
  plain: 'How well staff feel supported to learn and to develop, from 0 (worst) to 10 (best).',
  ask: 'training',
  unit: 'score',
  direction: 'up',
  formula: () => ({ kind: 'ratio', numerator: { score: 1 }, denominator: { score_base: 1 } }),
  scale: 1 / 1000,
  within: { dimension: 'survey_theme', category: 'pp5_always_learning' },
  comparable: ['england'],
  grains: ['year'],
  caveats: [
    'All staff of the trust who answered, not AHP support workers alone: context, not a result of this workforce.',
    'Above organisation level it is the plain mean of trusts, whatever their size.',
    'England only: Scotland has iMatter, and Wales and Northern Ireland have surveys of their own.',
  ],
  source: 'NHS Staff Survey, People Promise scores by trust: https://www.nhsstaffsurveys.com/results/',
};
