import { everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'rejoiner_share',
  subject: 'turnover',
  title: 'Joiners who came back',
  plain: 'Of every 100 people who joined AHP support, how many had left it within the twelve months before.',
  ask: 'retain',
  unit: 'percent',
  direction: 'none',
  formula: () => ({ kind: 'proportion', numerator: { rejoined: 1 }, denominator: { joiners_support: 1 } }),
  comparable: everyNation,
  grains: ['quarter', 'year'],
  caveats: [
    'They count as leavers when they go and as joiners when they are back; back from maternity leave or a career break is a returner, not a joiner.',
    'Only organisations and months in the extracts are seen.',
  ],
  source:
    'Ledger of this service: away from AHP support in the extracts and back within twelve months, so that a return is not taken for a new hire',
};
