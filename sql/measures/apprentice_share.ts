import { everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'apprentice_share',
  subject: 'staff',
  title: 'Apprentices in post',
  plain: 'Of every 100 people in post, how many are on an apprenticeship.',
  ask: 'apprenticeships',
  unit: 'percent',
  direction: 'up',
  formula: () => ({ kind: 'proportion', numerator: { apprentices: 1 }, denominator: { headcount: 1 } }),
  comparable: everyNation,
  grains: ['quarter', 'year'],
  caveats: [
    'Counted where the post is marked as an apprenticeship; existing staff who learn beside their post may not be marked.',
  ],
  source:
    '2025 joint statement of the AHP professional bodies and unions on the support workforce: apprenticeships in all four nations',
};
