import { everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'support_per_registered',
  subject: 'staff',
  title: 'Support per registered AHP',
  plain: 'How many support workers there are for each registered AHP in the same profession.',
  ask: 'numbers',
  unit: 'ratio',
  direction: 'none',
  parameters: { basis: ['FTE', 'HEADCOUNT'] },
  formula: ({ basis }) =>
    basis === 'FTE'
      ? { kind: 'ratio', numerator: { fte: 1 }, denominator: { registered_fte: 1 } }
      : { kind: 'ratio', numerator: { headcount: 1 }, denominator: { registered: 1 } },
  comparable: everyNation,
  grains: ['quarter', 'year'],
  caveats: ['The right ratio depends on the service: it describes skill mix and sets no target.'],
  source:
    '2025 joint statement of the AHP professional bodies and unions on the support workforce: the support workforce as part of workforce plans; skill mix as support FTE ÷ registered FTE',
};
