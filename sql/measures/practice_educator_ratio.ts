import { everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'practice_educator_ratio',
  subject: 'training',
  title: 'Support workers per practice educator',
  plain:
    'How many support workers there are for each full-time practice educator: fewer means more support for learning.',
  ask: 'training',
  unit: 'ratio',
  direction: 'down',
  formula: () => ({
    kind: 'ratio',
    numerator: { headcount_with_educators: 1 },
    denominator: { practice_educator_fte: 1 },
  }),
  scale: 1000,
  base: { headcount_with_educators: 1 },
  comparable: everyNation,
  grains: ['quarter', 'year'],
  caveats: [
    'Only organisations and professions that return their practice educators are counted, on both sides; not applicable where there is none.',
    'Practice educators who serve registered staff too are counted as the organisation returns them.',
  ],
  source:
    '2025 joint statement of the AHP professional bodies and unions on the support workforce: dedicated practice educator support',
};
