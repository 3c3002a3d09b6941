import { everyGrain, everyNation, type Measure, type Sum } from '../src/measure.ts';

export const measure: Measure = {
  id: 'band_share',
  subject: 'staff',
  title: 'Share by band',
  plain: 'Of 100 people, how many are in each band.',
  ask: 'numbers',
  unit: 'percent',
  direction: 'none',
  parameters: { basis: ['HEADCOUNT', 'FTE'] },
  formula: ({ basis }) => {
    const counted: Sum = basis === 'FTE' ? { fte: 1 } : { headcount: 1 };
    return { kind: 'share', numerator: counted, denominator: counted, of: ['band'] };
  },
  comparable: everyNation,
  grains: everyGrain,
  caveats: ['Shares come from cells that are protected one by one and may not add up to exactly 100 %.'],
  source: 'NHS Terms and Conditions of Service (Agenda for Change) bands; shares as in WRES indicator 1',
};
