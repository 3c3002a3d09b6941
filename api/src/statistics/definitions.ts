import { everyNation, type Measure } from '@ahp/sql/measure';
import { lowerFirst } from '../query/words.ts';
import { leastKnown } from './disclosure.ts';

type Given = Pick<Measure, 'id' | 'title' | 'plain' | 'unit' | 'direction' | 'formula' | 'source' | 'ask' | 'subject'> &
  Partial<Measure>;

const define = (given: Given): Measure => ({ comparable: everyNation, grains: ['year'], caveats: [], ...given });

const left = { exits_left: 1, exits_registered: 1 } as const;
const lifeTable =
  'Life table with delayed entry: hazard of a month = exits ÷ months of exposure, survival = product of 1 − hazard; log-log limits (Kalbfleisch and Prentice 2002, 1.4) with the variance of the protection';
const followed =
  'Nobody is followed beyond 60 months; people already in post when the extracts begin enter at their length of service.';

/** How long people stay: the statistics of a retention curve. */
export const retention = {
  atRisk: define({
    id: 'followed_through_interval',
    subject: 'retention',
    title: 'Followed through the interval',
    plain: 'How many people were followed through this part of their service, counting part of it as part of a person.',
    ask: 'retain',
    unit: 'people',
    direction: 'none',
    formula: () => ({ kind: 'count', numerator: { exposure_months: 1 } }),
    caveats: ['Months of exposure ÷ length of the interval; years are added up.'],
    source: lifeTable,
  }),
  survival: define({
    id: 'retention_curve',
    subject: 'retention',
    title: 'Still in the organisation',
    plain: 'Of every 100 people who join, how many are still in the organisation as support workers after this long.',
    ask: 'retain',
    unit: 'percent',
    direction: 'up',
    formula: () => ({ kind: 'proportion', numerator: left, denominator: { exposure_months: 1 } }),
    caveats: [followed, 'It describes the years asked for, as if one group of joiners lived through all of them.'],
    source: lifeTable,
  }),
  left: define({
    id: 'left_incidence',
    subject: 'retention',
    title: 'Left by then',
    plain: 'Of every 100 people who join, how many have left by this time, other than by becoming registered.',
    ask: 'retain',
    unit: 'percent',
    direction: 'down',
    formula: () => ({ kind: 'proportion', numerator: { exits_left: 1 }, denominator: { exposure_months: 1 } }),
    caveats: [
      followed,
      'Cumulative incidence: it adds up to 100 % with those who became registered and those still there.',
    ],
    source: 'Aalen and Johansen 1978; limits: Wilson’s with the effective number of people of the retention curve',
  }),
  registered: define({
    id: 'registered_incidence',
    subject: 'retention',
    title: 'Registered by then',
    plain: 'Of every 100 people who join, how many have become registered professionals by this time.',
    ask: 'career',
    unit: 'percent',
    direction: 'up',
    formula: () => ({ kind: 'proportion', numerator: { exits_registered: 1 }, denominator: { exposure_months: 1 } }),
    caveats: [followed, 'Cumulative incidence: it adds up to 100 % with those who left and those still there.'],
    source: 'Aalen and Johansen 1978; limits: Wilson’s with the effective number of people of the retention curve',
  }),
  median: define({
    id: 'median_time_to_leave',
    subject: 'retention',
    title: 'Median time to leave',
    plain: 'After how many months half of those who join are no longer there.',
    ask: 'retain',
    unit: 'months',
    direction: 'up',
    formula: () => ({ kind: 'proportion', numerator: left, denominator: { exposure_months: 1 } }),
    caveats: [followed, 'There is none when more than half are still there at the end of the curve.'],
    source: 'First month at which the retention curve is at or below one half; its limits where those of the curve are',
  }),
} as const;

const firstStep =
  'Aalen and Johansen 1978, first step up against leaving and registration; limits: Wilson’s with the effective number of people';
const seenFromJoining =
  'Only people seen since they joined; a move to a higher band in the same organisation counts, and only the first.';

/** How long it takes to move up: the statistics of the time to the first step. */
export const steps = {
  followed: define({
    id: 'unstepped_through_interval',
    subject: 'progression',
    title: 'Followed through the interval',
    plain: 'How many people who had not moved up yet were followed through this part of their service.',
    ask: 'career',
    unit: 'people',
    direction: 'none',
    formula: () => ({ kind: 'count', numerator: { unstepped_months: 1 } }),
    caveats: ['Months followed ÷ length of the interval; years are added up.'],
    source: firstStep,
  }),
  steppedUp: define({
    id: 'stepped_up_incidence',
    subject: 'progression',
    title: 'Moved up by then',
    plain: 'Of every 100 people who join, how many have moved to a higher band in the organisation by this time.',
    ask: 'career',
    unit: 'percent',
    direction: 'up',
    formula: () => ({ kind: 'proportion', numerator: { first_steps: 1 }, denominator: { unstepped_months: 1 } }),
    caveats: [seenFromJoining, 'Of all who join, those who leave before they move up among them.'],
    source: firstStep,
  }),
  registered: define({
    id: 'unstepped_registered_incidence',
    subject: 'progression',
    title: 'Registered before a step',
    plain: 'Of every 100 people who join, how many have become registered without moving up a band first.',
    ask: 'career',
    unit: 'percent',
    direction: 'up',
    formula: () => ({
      kind: 'proportion',
      numerator: { unstepped_registered: 1 },
      denominator: { unstepped_months: 1 },
    }),
    caveats: [seenFromJoining],
    source: firstStep,
  }),
  left: define({
    id: 'unstepped_left_incidence',
    subject: 'progression',
    title: 'Left before a step',
    plain: 'Of every 100 people who join, how many have left the organisation without moving up a band first.',
    ask: 'career',
    unit: 'percent',
    direction: 'down',
    formula: () => ({ kind: 'proportion', numerator: { unstepped_left: 1 }, denominator: { unstepped_months: 1 } }),
    caveats: [seenFromJoining],
    source: firstStep,
  }),
  waiting: define({
    id: 'waiting_share',
    subject: 'progression',
    title: 'Still at their first band',
    plain: 'Of every 100 people who join, how many are still there at the band they joined at, or a lower one.',
    ask: 'career',
    unit: 'percent',
    direction: 'none',
    formula: () => ({ kind: 'proportion', numerator: { first_steps: 1 }, denominator: { unstepped_months: 1 } }),
    caveats: [seenFromJoining],
    source: firstStep,
  }),
  tenth: define({
    id: 'months_to_a_tenth',
    subject: 'progression',
    title: 'Months until a tenth have moved up',
    plain: 'After how many months one in ten of those who join have moved to a higher band.',
    ask: 'career',
    unit: 'months',
    direction: 'down',
    formula: () => ({ kind: 'proportion', numerator: { first_steps: 1 }, denominator: { unstepped_months: 1 } }),
    caveats: [seenFromJoining, 'There is none when fewer than a tenth have moved up by the end of the curve.'],
    source: firstStep,
  }),
} as const;

/** Fairness between groups. */
export const fairness = {
  relativeLikelihood: (outcome: Measure): Measure =>
    define({
      id: `relative_likelihood_${outcome.id}`,
      subject: 'equity',
      title: `Relative likelihood: ${lowerFirst(outcome.title)}`,
      plain: 'How many times as badly off a group is as the reference group: above 1, the group is worse off.',
      ask: 'fairness',
      unit: 'ratio',
      direction: 'down',
      formula: (given, source) => outcome.formula(given, source),
      caveats: [
        'A ratio of two rates and never a percentage; read the absolute gap beside it.',
        'Several years count a person once in each.',
        `Not given where the characteristic is known for fewer than ${100 * leastKnown} % of people.`,
        'A difference between groups is not in itself evidence of its cause.',
      ],
      source:
        'NHS WRES and WDES technical guidance: relative likelihood, four-fifths band 0.80 to 1.25; limits on the logarithm (Katz et al. 1978) with the variance of the protection',
    }),
  gap: (outcome: Measure): Measure =>
    define({
      id: `gap_${outcome.id}`,
      subject: 'equity',
      title: `Gap: ${lowerFirst(outcome.title)}`,
      plain: 'The rate of the group minus the rate of the reference group.',
      ask: 'fairness',
      unit: 'percent',
      direction: 'none',
      formula: (given, source) => outcome.formula(given, source),
      source: 'Difference of two proportions, Newcombe’s limits with the variance of the protection',
    }),
  rate: (outcome: Measure): Measure => ({ ...outcome, unit: 'percent' }),
  disparity: define({
    id: 'disparity_ratio',
    subject: 'equity',
    title: 'Disparity ratio',
    plain:
      'How much better the chances of the reference group are of being in the upper band rather than the lower one: above 1, the group is worse off.',
    ask: 'fairness',
    unit: 'ratio',
    direction: 'down',
    formula: () => ({ kind: 'ratio', numerator: { headcount: 1 }, denominator: { headcount: 1 } }),
    caveats: [
      'It compares who is in post in two bands, not moves between them.',
      `Not given where the characteristic is known for fewer than ${100 * leastKnown} % of people.`,
    ],
    source:
      'NHS WRES race disparity ratio: (reference upper ÷ reference lower) ÷ (group upper ÷ group lower); limits on the logarithm with the variance of the protection',
  }),
  dissimilarity: define({
    id: 'dissimilarity_index',
    subject: 'equity',
    title: 'Index of dissimilarity',
    plain: 'The share of one group that would have to change band for both groups to be spread alike.',
    ask: 'fairness',
    unit: 'ratio',
    direction: 'down',
    formula: () => ({ kind: 'ratio', numerator: { headcount: 1 }, denominator: { headcount: 1 } }),
    caveats: ['Small groups are far apart by chance alone: read it beside its reference.'],
    source: 'Duncan and Duncan 1955 https://doi.org/10.2307/2088328; reference by seeded permutations',
  }),
  disclosure: define({
    id: 'disclosure_rate',
    subject: 'equity',
    title: 'Disclosure rate',
    plain: 'Of every 100 people, for how many this characteristic is recorded.',
    ask: 'fairness',
    unit: 'percent',
    direction: 'up',
    formula: () => ({ kind: 'proportion', numerator: { headcount: 1 }, denominator: { headcount: 1 } }),
    source: 'NHS WDES: declaration rate',
  }),
} as const;

/** A measure as it would be with the mix of work of the standard. */
export const standardised = {
  rate: (measure: Measure): Measure => ({
    ...measure,
    id: `standardised_${measure.id}`,
    title: `${measure.title}, standardised`,
    plain: `${measure.plain.replace(/\.$/, '')}, if the place had the professions and bands of the United Kingdom.`,
    caveats: [
      'Directly standardised by profession × band: what is left of a difference is not explained by the mix of work.',
      ...measure.caveats,
    ],
    source:
      'Direct standardisation with Dobson’s limits (Dobson et al. 1991 https://doi.org/10.1002/sim.4780100317; PHEindicatormethods), with the variance of the protection',
  }),
  coverage: define({
    id: 'standard_coverage',
    subject: 'staff',
    title: 'Share of the standard covered',
    plain:
      'Of every 100 people of the standard, how many are in a profession and band in which the place has people too.',
    ask: 'trust',
    unit: 'percent',
    direction: 'up',
    formula: () => ({ kind: 'proportion', numerator: { headcount: 1 }, denominator: { headcount: 1 } }),
    caveats: ['Below 90 % no standardised rate is given: too much of the standard would be guessed.'],
    source:
      'Direct standardisation needs every stratum of the standard; what is missing is said, never dropped silently',
  }),
} as const;

/** Moves within a year. */
export const flows = {
  accounted: define({
    id: 'accounted_for',
    subject: 'progression',
    title: 'Accounted for',
    plain: 'Everybody in post at the start, found in one of the states at the end.',
    ask: 'trust',
    unit: 'people',
    direction: 'none',
    formula: () => ({ kind: 'count', numerator: { transitions: 1 } }),
    source: 'Ledger of this service: every person in post at the start is in exactly one state at the end',
  }),
  difference: define({
    id: 'not_accounted_for',
    subject: 'progression',
    title: 'Difference',
    plain: 'Accounted for minus in post at the start; what is left is the protection of the counts.',
    ask: 'trust',
    unit: 'people',
    direction: 'none',
    formula: () => ({ kind: 'count', numerator: { transitions: 1, headcount_start: -1 }, signed: true }),
    source: 'Ledger of this service',
  }),
} as const;
