import type { Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'withdrawal_rate',
  subject: 'apprenticeships',
  title: 'Apprenticeship withdrawal rate',
  plain: 'Of every 100 apprenticeships under way in the year, how many were given up.',
  ask: 'apprenticeships',
  unit: 'percent',
  direction: 'down',
  formula: () => ({
    kind: 'proportion',
    numerator: { apprenticeship_withdrawals: 1 },
    denominator: { apprenticeship_in_learning: 1, apprenticeship_achievements: 1, apprenticeship_withdrawals: 1 },
  }),
  outcome: { worse: 'higher' },
  comparable: ['england'],
  grains: ['year'],
  caveats: [
    'Under way: still in learning at the end of the year, achieved or given up during it.',
    'Standards and end-point assessment are England’s; Scotland, Wales and Northern Ireland count completion in programmes of their own.',
  ],
  source:
    'Apprenticeships (Department for Education): https://explore-education-statistics.service.gov.uk/find-statistics/apprenticeships',
};
