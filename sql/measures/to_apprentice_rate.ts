import { everyGrain, everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'to_apprentice_rate',
  subject: 'progression',
  title: 'Support to apprentice',
  plain: 'Of every 100 support workers in post at the start, how many began an apprenticeship.',
  ask: 'career',
  unit: 'percent',
  direction: 'up',
  formula: () => ({ kind: 'proportion', numerator: { to_apprentice: 1 }, denominator: { headcount_start: 1 } }),
  outcome: { worse: 'lower' },
  comparable: everyNation,
  grains: everyGrain,
  caveats: [
    'People who were apprentices already are in the base.',
    'Counted where the post is marked as an apprenticeship.',
  ],
  source:
    '2025 joint statement of the AHP professional bodies and unions on the support workforce: pathways into the regulated professions',
};
