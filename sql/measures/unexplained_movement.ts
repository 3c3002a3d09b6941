import { everyGrain, everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'unexplained_movement',
  subject: 'turnover',
  title: 'Unexplained movement',
  plain: 'How many people at the end cannot be explained by those at the start, who came and who went; 0 is right.',
  ask: 'trust',
  unit: 'people',
  direction: 'none',
  formula: (_, source) => ({
    kind: 'count',
    numerator: {
      headcount: 1,
      headcount_start: -1,
      joiners_organisation: -1,
      leavers_organisation: 1,
      ...(source === 'published' ? {} : { reactivated: -1, moved_in: -1, went_inactive: 1, moved_out: 1 }),
    },
    signed: true,
  }),
  comparable: everyNation,
  grains: everyGrain,
  caveats: [
    'From extracts the exact ledger balances: what is left is the protection of eight counts.',
    'In official publications it is mostly people recoded into or out of the staff group.',
  ],
  source:
    'NHS England turnover benchmarking: https://digital.nhs.uk/data-and-information/publications/statistical/nhs-workforce-statistics: end − (start + joiners − leavers)',
};
