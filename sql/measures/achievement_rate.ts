import type { Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'achievement_rate',
  subject: 'apprenticeships',
  title: 'Apprenticeship achievement rate',
  plain: 'Of every 100 apprenticeships that ended in the year, how many were achieved.',
  ask: 'apprenticeships',
  unit: 'percent',
  direction: 'up',
  formula: () => ({
    kind: 'proportion',
    numerator: { apprenticeship_achievements: 1 },
    denominator: { apprenticeship_achievements: 1, apprenticeship_withdrawals: 1 },
  }),
  comparable: ['england'],
  grains: ['year'],
  caveats: [
    'Of those that ended in the year, whenever they began: not the official qualification achievement rate, which follows planned end dates.',
    'Standards and end-point assessment are England’s; Scotland, Wales and Northern Ireland count completion in programmes of their own.',
  ],
  source:
    'Apprenticeships (Department for Education): https://explore-education-statistics.service.gov.uk/find-statistics/apprenticeships',
};
