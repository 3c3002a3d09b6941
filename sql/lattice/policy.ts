import type { Tally } from '../src/tally.ts';
import { personDimensions, setName, type Dimension } from './dimensions.ts';

export type Grain = 'month' | 'quarter' | 'year';
export type Level = 'uk' | 'nation' | 'region' | 'system' | 'organisation';
export type AudienceId = 'public' | 'trusted' | 'own';

/** Tallies that are published for the same dimension sets. */
export interface TallyFamily {
  id: string;
  tallies: readonly Tally[];
  /** Sums carried by people of a tally: the weight of `headcount` is `fte`. */
  weights?: Partial<Record<Tally, Tally>>;
  /** Tallies that count no people (sql/lattice/plain.sql): they go into the cells without noise. */
  plain?: readonly Tally[];
  /** Tallies that follow from others at publishing: the start of a period is the published end of the one before, its end the headcount. */
  follows?: Partial<Record<Tally, Tally>>;
  /** Dimension sets offered to the policy; each is then allowed or not by level, grain and audience. */
  sets: readonly (readonly string[])[];
  grains: readonly Grain[];
}

const everyone = personDimensions.map(({ id }) => id);
/** Attributes that are combined freely; stage and time in the organisation go with a few others only. */
const combined = everyone.filter((id) => id !== 'stage' && id !== 'tenure_band');
const characteristics = personDimensions.filter(({ characteristic }) => characteristic).map(({ id }) => id);

/** Every combination of `size` of the dimensions. */
function choose(ids: readonly string[], size: number): string[][] {
  if (size === 0) return [[]];
  return ids.flatMap((id, index) => choose(ids.slice(index + 1), size - 1).map((rest) => [id, ...rest]));
}

const upToOne = [[], ...choose(everyone, 1)];
const upToTwo = [
  ...upToOne,
  ...choose(combined, 2),
  ...['profession', 'band', 'sex', 'ethnic_group', 'disability'].map((id) => [id, 'stage']),
  ...['profession', 'band'].map((id) => [id, 'tenure_band']),
];
const upToThree = [...upToTwo, ...choose(combined, 3)];
/** One dimension, or the work (profession, band) with one characteristic of the person or with each other. */
const workByCharacteristic = [
  ...upToOne,
  ['band', 'profession'],
  ...characteristics.flatMap((id) => [
    ['band', id],
    ['profession', id],
  ]),
];

const withEach = (event: string, others: readonly string[]) => [[event], ...others.map((other) => [event, other])];

/** The lattice, family by family: this table and `allowed` below are all that decides which cells exist. */
export const families: readonly TallyFamily[] = [
  {
    id: 'stock',
    tallies: ['headcount'],
    weights: { headcount: 'fte' },
    sets: upToThree,
    grains: ['month', 'quarter', 'year'],
  },
  {
    id: 'movement',
    tallies: [
      'leavers_organisation',
      'leavers_support',
      'went_inactive',
      'joiners_organisation',
      'joiners_support',
      'leavers_dated',
      'early_leavers',
      'band_up',
      'to_apprentice',
      'to_registered',
    ],
    follows: { headcount_start: 'headcount', headcount_end: 'headcount' },
    sets: upToTwo,
    grains: ['month', 'quarter', 'year'],
  },
  {
    id: 'reconciliation',
    tallies: [
      'leavers_nhs',
      'leavers_role',
      'joiners_nhs',
      'reactivated',
      'rejoined',
      'moved_in',
      'moved_out',
      'transferred_in',
      'transferred_out',
      'reclassified_in',
      'reclassified_out',
      'band_down',
      'stage_up',
      'hours_changed',
    ],
    follows: { fte_start: 'fte', fte_end: 'fte' },
    sets: upToOne,
    grains: ['quarter', 'year'],
  },
  {
    id: 'movement_fte',
    tallies: [],
    weights: {
      leavers_organisation: 'leavers_organisation_fte',
      joiners_organisation: 'joiners_organisation_fte',
      went_inactive: 'went_inactive_fte',
    },
    sets: upToOne,
    grains: ['quarter', 'year'],
  },
  {
    id: 'context',
    tallies: [
      'headcount_core',
      'headcount_broad',
      'registered',
      'apprentices',
      'inactive_headcount',
      'framework_mapped',
      'band_below_stage',
      'band_above_stage',
      'band_known_3_years',
      'at_band_over_3_years',
    ],
    weights: { registered: 'registered_fte' },
    sets: upToOne,
    grains: ['quarter', 'year'],
  },
  {
    id: 'training',
    tallies: [
      'training_eligible',
      'appraised',
      'pdp',
      'career_conversation',
      'mandatory_compliant',
      'cpd_participants',
      'cpd_hours_known',
      'supervised',
    ],
    weights: {
      cpd_participants: 'cpd_hours',
      cpd_hours_known: 'cpd_hours_known_fte',
    },
    sets: workByCharacteristic,
    grains: ['year'],
  },
  {
    id: 'framework',
    tallies: ['domains_attained'],
    sets: withEach('domain', ['profession', 'band', 'stage']),
    grains: ['year'],
  },
  {
    id: 'apprenticeships',
    tallies: [
      'apprenticeship_starts',
      'apprenticeship_in_learning',
      'apprenticeship_achievements',
      'apprenticeship_withdrawals',
      'apprenticeship_to_registered',
    ],
    sets: [...upToOne, ...withEach('standard', ['sex', 'ethnic_group', 'age_band', 'disability'])],
    grains: ['year'],
  },
  {
    id: 'reasons',
    tallies: ['leavers_by_reason'],
    sets: [
      [],
      ...withEach('leaving_reason', ['profession', 'band']),
      ...withEach('destination', ['profession', 'band']),
    ],
    grains: ['quarter', 'year'],
  },
  {
    id: 'transitions',
    tallies: ['transitions'],
    sets: [...withEach('to_state', everyone), ...withEach('to_stage', ['stage'])],
    grains: ['year'],
  },
  {
    id: 'retention',
    tallies: ['at_risk', 'exits_left', 'exits_registered'],
    weights: { at_risk: 'exposure_months' },
    sets: [
      ['cohort', 'elapsed'],
      ['elapsed'],
      ...everyone.filter((id) => id !== 'tenure_band').map((id) => ['elapsed', id]),
    ],
    grains: ['year'],
  },
  {
    id: 'first_step',
    tallies: ['unstepped', 'first_steps', 'unstepped_left', 'unstepped_registered'],
    weights: { unstepped: 'unstepped_months' },
    sets: withEach('elapsed', ['profession', 'band', 'sex', 'ethnic_group', 'age_band', 'disability']),
    grains: ['year'],
  },
  {
    id: 'establishment',
    tallies: ['headcount_with_educators'],
    plain: ['funded_fte', 'vacant_fte', 'practice_educator_fte'],
    sets: [[], ['profession'], ['band']],
    grains: ['quarter', 'year'],
  },
  {
    id: 'plan',
    tallies: ['headcount_planned_for'],
    weights: { headcount_planned_for: 'planned_for_fte' },
    plain: ['planned_fte'],
    sets: [[], ['profession']],
    grains: ['year'],
  },
  { id: 'population', tallies: [], plain: ['population'], sets: [[]], grains: ['quarter', 'year'] },
];

/**
 * Tallies that count the same people as another one wherever nothing sets them apart, which in small cells is nearly everywhere. They are
 * drawn with its keys: with keys of their own they would be further draws of the noise of one set of people, and their mean would take it off.
 */
export const keyedAs: Partial<Record<Tally, Tally>> = {
  headcount_core: 'headcount',
  headcount_broad: 'headcount',
  headcount_with_educators: 'headcount',
  headcount_planned_for: 'headcount',
  framework_mapped: 'headcount',
  band_known_3_years: 'headcount',
  leavers_by_reason: 'leavers_organisation',
  cpd_hours_known: 'training_eligible',
  leavers_dated: 'leavers_organisation',
  headcount_start: 'headcount',
  headcount_end: 'headcount',
};

/** The sums that the people at both ends of a window carry, where some employer is not followed through it (sql/lattice/events/followed.sql). */
export const followedWeights: Partial<Record<Tally, Tally>> = {
  headcount_start: 'fte_start',
  headcount_end: 'fte_end',
};

const byId = new Map(personDimensions.map((dimension) => [dimension.id, dimension]));

/**
 * Whether an audience may have a dimension set at a level and grain.
 *
 * | level | quarter | year |
 * |---|---|---|
 * | UK, nation, region (public) | ≤ 2 dimensions | ≤ 3 dimensions |
 * | UK, nation, region (trusted) | ≤ 2 | ≤ 2 |
 * | system, organisation (public) | none | ≤ 2, at most one protected characteristic |
 * | system, organisation (trusted) | none | ≤ 2 |
 * | organisation (own) | month: none or one; quarter: ≤ 2 | ≤ 3 |
 *
 * Headlines by quarter, detail by year: a handful of people who stay are counted again in each quarter, and with profession or band by
 * quarter the mean over 17 quarters told 48% of counts of 1 to 4, where guessing tells 36% (attack 9).
 * Trusted users see less noise, not more dimensions: by three, all tables of the smallest nation solved together were off by 0.97 people (attack 5).
 * A system is held to the rules of an organisation because in three nations it is one: the same people under another name.
 * Sensitive characteristics below region: alone or with band only (trusted: alone; its noise is smaller and zeros would give people away). Events (reasons, standards, cohorts) there: alone.
 */
export function allowed(audience: AudienceId, grain: Grain, level: Level, set: readonly string[]): boolean {
  if (audience === 'own') return level === 'organisation' && set.length <= { month: 1, quarter: 2, year: 3 }[grain];
  if (grain === 'month') return false;
  if (level !== 'system' && level !== 'organisation')
    return set.length <= (grain === 'quarter' || audience === 'trusted' ? 2 : 3);
  if (grain === 'quarter') return set.length === 0;
  const used = set.map((id) => byId.get(id)).filter((dimension): dimension is Dimension => dimension !== undefined);
  const sensitive = used.filter((dimension) => dimension.sensitive);
  if (sensitive.length > 1 || (sensitive.length === 1 && set.some((id) => id !== 'band' && id !== sensitive[0]!.id)))
    return false;
  if (audience === 'trusted' && sensitive.length === 1 && set.length > 1) return false;
  if (used.length < set.length) return used.length === 0;
  if (audience === 'trusted') return set.length <= 2;
  return set.length <= 2 && used.filter(({ characteristic }) => characteristic).length <= 1;
}

export interface PolicyRow {
  audience: AudienceId;
  grain: Grain;
  level: Level;
  set: string;
  tally: Tally;
}

const levels: readonly Level[] = ['uk', 'nation', 'region', 'system', 'organisation'];

/** The policy of an audience, row by row, as it is written into its release file. */
export function policyOf(audience: AudienceId): PolicyRow[] {
  return families.flatMap((family) =>
    family.sets.flatMap((set) =>
      family.grains.flatMap((grain) =>
        levels
          .filter((level) => allowed(audience, grain, level, set))
          .flatMap((level) => talliesOf(family).map((tally) => ({ audience, grain, level, set: setName(set), tally }))),
      ),
    ),
  );
}

/** All tallies of a family: its own, the sums that they carry, and those that follow from others. */
export function talliesOf({ tallies, weights, plain, follows }: TallyFamily): Tally[] {
  return [
    ...tallies,
    ...(plain ?? []),
    ...(Object.values(weights ?? {}) as Tally[]),
    ...(Object.keys(follows ?? {}) as Tally[]),
  ];
}
