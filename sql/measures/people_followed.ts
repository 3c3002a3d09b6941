import { everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'people_followed',
  subject: 'retention',
  title: 'People followed',
  plain: 'How many people were in post for some of the interval since joining: those who could still leave.',
  ask: 'retain',
  unit: 'people',
  direction: 'none',
  formula: () => ({ kind: 'count', numerator: { at_risk: 1 } }),
  comparable: everyNation,
  grains: ['year'],
  caveats: [
    'Rows must be split by time since joining; nobody is followed beyond 60 months, and people already in post when the extracts begin enter at their length of service.',
  ],
  source: 'Life table with delayed entry (Kaplan and Meier, 1958): number at risk',
};
