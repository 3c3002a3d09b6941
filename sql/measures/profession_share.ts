import { everyGrain, everyNation, type Measure, type Sum } from '../src/measure.ts';

export const measure: Measure = {
  id: 'profession_share',
  subject: 'staff',
  title: 'Share by profession',
  plain: 'Of 100 people, how many support each profession.',
  ask: 'numbers',
  unit: 'percent',
  direction: 'none',
  parameters: { basis: ['HEADCOUNT', 'FTE'] },
  formula: ({ basis }) => {
    const counted: Sum = basis === 'FTE' ? { fte: 1 } : { headcount: 1 };
    return { kind: 'share', numerator: counted, denominator: counted, of: ['profession'] };
  },
  comparable: everyNation,
  grains: everyGrain,
  caveats: [
    'Shares come from cells that are protected one by one and may not add up to exactly 100 %.',
    'Generic posts are counted with the profession of their occupation code.',
  ],
  source: 'NHS Occupation Code Manual (NHS England): third character of the code',
};
