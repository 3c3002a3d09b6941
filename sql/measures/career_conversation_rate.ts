import { everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'career_conversation_rate',
  subject: 'training',
  title: 'Career conversation rate',
  plain: 'Of every 100 people, how many had a conversation about their career in the last twelve months.',
  ask: 'conversations',
  unit: 'percent',
  direction: 'up',
  formula: () => ({ kind: 'proportion', numerator: { career_conversation: 1 }, denominator: { training_eligible: 1 } }),
  outcome: { worse: 'lower' },
  comparable: everyNation,
  grains: ['year'],
  caveats: [
    'Of people in post at both ends of the twelve months, so that everybody had a year in which it could happen.',
  ],
  source:
    '2025 joint statement of the AHP professional bodies and unions on the support workforce: career conversations',
};
