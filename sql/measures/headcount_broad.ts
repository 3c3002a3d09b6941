import { everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'headcount_broad',
  subject: 'staff',
  title: 'Headcount, broad definition',
  plain: 'How many people there are when technicians, instructors and ambulance support up to band 4 are counted too.',
  ask: 'numbers',
  unit: 'people',
  direction: 'up',
  formula: () => ({ kind: 'count', numerator: { headcount_broad: 1 } }),
  comparable: everyNation,
  grains: ['quarter', 'year'],
  caveats: ['The widest of three definitions of AHP support: it includes roles whose work is not always with AHPs.'],
  source: 'Occupation codes S4 to S9 of the NHS Occupation Code Manual (NHS England), band 4 or below',
};
