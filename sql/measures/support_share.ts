import { everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'support_share',
  subject: 'staff',
  title: 'Support share of the AHP workforce',
  plain:
    'Of every 100 people in AHP roles, support workers and registered AHPs together, how many are support workers.',
  ask: 'numbers',
  unit: 'percent',
  direction: 'none',
  formula: () => ({ kind: 'proportion', numerator: { headcount: 1 }, denominator: { headcount: 1, registered: 1 } }),
  comparable: everyNation,
  grains: ['quarter', 'year'],
  caveats: ['Registered AHPs are those of the same organisations and professions in the extracts.'],
  source:
    '2025 joint statement of the AHP professional bodies and unions on the support workforce: one element of workforce transformation; skill mix as support workers ÷ all AHP staff',
};
