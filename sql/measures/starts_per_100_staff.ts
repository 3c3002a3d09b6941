import { everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'starts_per_100_staff',
  subject: 'apprenticeships',
  title: 'Apprenticeship starts per 100 support staff',
  plain: 'How many apprenticeships were started for every 100 support workers in post.',
  ask: 'apprenticeships',
  unit: 'per_100',
  direction: 'up',
  formula: () => ({ kind: 'rate', numerator: { apprenticeship_starts: 1 }, denominator: { headcount: 1 }, per: 100 }),
  comparable: everyNation,
  grains: ['year'],
  caveats: [
    'Starts of the year over people in post at its end: new posts that come with an apprenticeship are in both.',
    'England, Scotland, Wales and Northern Ireland run apprenticeships of their own; read numbers of one nation over time first.',
  ],
  source:
    '2025 joint statement of the AHP professional bodies and unions on the support workforce: apprenticeships in all four nations',
};
