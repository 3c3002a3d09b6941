import { everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'transition_share',
  subject: 'progression',
  title: 'Where people were a year later',
  plain: 'Of every 100 people in post at the start of the year, how many were in each place at its end.',
  ask: 'career',
  unit: 'percent',
  direction: 'none',
  formula: () => ({
    kind: 'share',
    numerator: { transitions: 1 },
    denominator: { headcount_start: 1 },
    of: ['to_state', 'to_stage'],
  }),
  comparable: everyNation,
  grains: ['year'],
  caveats: ['Shares come from cells that are protected one by one and may not add up to exactly 100 %.'],
  source:
    'Annual transition matrix of linked snapshots (bands, apprentice, registered, inactive, left) with Wilson intervals',
};
