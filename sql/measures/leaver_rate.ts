import { everyGrain, everyNation, type Measure } from '../src/measure.ts';

const byScope = {
  ORGANISATION: 'leavers_organisation',
  SUPPORT_WORKFORCE: 'leavers_support',
  NHS: 'leavers_nhs',
} as const;

export const measure: Measure = {
  id: 'leaver_rate',
  subject: 'turnover',
  title: 'Leaver rate',
  plain: 'For every 100 support workers, how many left during the period.',
  ask: 'retain',
  unit: 'percent',
  direction: 'down',
  parameters: {
    method: ['NHSE_AVERAGE', 'NES_START', 'NES_TRUE'],
    scope: ['ORGANISATION', 'SUPPORT_WORKFORCE', 'NHS'],
  },
  formula: ({ method, scope }, source) => {
    if (method === 'NHSE_AVERAGE')
      return {
        kind: 'rate',
        // The published count of leavers is of active service already.
        numerator: { [byScope[scope]]: 1, ...(source === 'published' ? {} : { went_inactive: 1 }) },
        denominator: { headcount_start: 0.5, headcount: 0.5 },
        per: 1,
      };
    // Publications count who left the organisation, and not who changed roles in it.
    const leavers =
      method === 'NES_START' && scope === 'ORGANISATION' && source !== 'published' ? 'leavers_role' : byScope[scope];
    return { kind: 'proportion', numerator: { [leavers]: 1 }, denominator: { headcount_start: 1 } };
  },
  outcome: { worse: 'higher', given: { method: 'NES_TRUE' } },
  comparable: everyNation,
  grains: everyGrain,
  caveats: [
    'A year compares two snapshots twelve months apart and is not the sum of twelve months.',
    'England and Scotland publish different methods: compare nations with one method only.',
    'By the average method a closing service may lose more than 100 % of its average headcount.',
  ],
  source:
    'England: leavers ÷ mean of start and end headcount (NHS Digital, quoted by Nuffield Trust). Scotland: leavers ÷ headcount at start (NES Turas, events impacting data and reporting, 2023)',
};
