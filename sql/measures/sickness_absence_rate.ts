import type { Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'sickness_absence_rate',
  subject: 'staff',
  title: 'Sickness absence rate',
  plain: 'Of every 100 working days, how many were lost to sickness.',
  ask: 'retain',
  unit: 'percent',
  direction: 'down',
  formula: () => ({ kind: 'ratio', numerator: { fte_days_lost: 1 }, denominator: { fte_days_available: 1 } }),
  comparable: ['england'],
  grains: ['month'],
  caveats: [
    'All staff of the organisation, not AHP support workers alone: context, not a result of this workforce.',
    'England only: Scotland, Wales and Northern Ireland publish absence by rules of their own.',
  ],
  source:
    'NHS Sickness Absence Rates (NHS England): FTE days lost ÷ FTE days available, https://digital.nhs.uk/data-and-information/publications/statistical/nhs-sickness-absence-rates',
};
