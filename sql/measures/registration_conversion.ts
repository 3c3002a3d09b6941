import { everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'registration_conversion',
  subject: 'apprenticeships',
  title: 'Apprenticeship to registration',
  plain:
    'Of every 100 people who achieved an apprenticeship, how many were registered AHPs at the end of the same year.',
  ask: 'apprenticeships',
  unit: 'percent',
  direction: 'up',
  formula: () => ({
    kind: 'proportion',
    numerator: { apprenticeship_to_registered: 1 },
    denominator: { apprenticeship_achievements: 1 },
  }),
  outcome: { worse: 'lower' },
  comparable: everyNation,
  grains: ['year'],
  caveats: [
    'Read it for standards that lead to registration: support standards lower it, though they are not meant to.',
    'People who register in the year after are not seen.',
  ],
  source:
    '2025 joint statement of the AHP professional bodies and unions on the support workforce: pathways into the regulated professions',
};
