import { everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'leavers_kept_share',
  subject: 'turnover',
  title: 'Leavers who stay in AHP support',
  plain: 'Of every 100 people who left their organisation, how many went on as AHP support workers in another one.',
  ask: 'retain',
  unit: 'percent',
  direction: 'up',
  formula: () => ({ kind: 'proportion', numerator: { transferred_out: 1 }, denominator: { leavers_organisation: 1 } }),
  comparable: everyNation,
  grains: ['quarter', 'year'],
  caveats: ['Only organisations in the extracts are seen: others count as lost.'],
  source:
    'Flow classes of the Department of Health and Social Care (Workforce-Package, Joiner Leaver Functions): leavers to another NHS provider',
};
