import { everyGrain, everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'newly_registered',
  subject: 'progression',
  title: 'Newly registered',
  plain: 'How many support workers became registered AHPs.',
  ask: 'career',
  unit: 'people',
  direction: 'up',
  formula: () => ({ kind: 'count', numerator: { to_registered: 1 } }),
  comparable: everyNation,
  grains: everyGrain,
  caveats: ['Only people who appear as registered AHPs in the extracts are seen.'],
  source:
    '2025 joint statement of the AHP professional bodies and unions on the support workforce: pathways into the regulated professions',
};
