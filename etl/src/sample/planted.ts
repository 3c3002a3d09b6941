import { isoDay, monthEndDay } from './calendar.ts';
import { monthBegins } from './effects.ts';
import type { LeaverEffect } from './effects.ts';
import type { World } from './world.ts';

/** One planted effect: what was done where and when, what came of it, and the statistic that should find it. */
export interface PlantedEffect {
  id: string;
  what: string;
  where: Record<string, string>;
  from: string | null;
  until: string | null;
  size: Record<string, number>;
  observed: Record<string, number | null>;
  find_with: string;
  /** False in a sample too small for the statistic to tell the effect from chance. */
  detectable: boolean;
}

const snapshotDate = (world: World, snapshot: number) => isoDay(monthEndDay(world.opening + snapshot));
const monthStart = (world: World, snapshot: number) => monthBegins(world.opening + snapshot);
const round = (value: number, digits: number) => (Number.isFinite(value) ? Number(value.toFixed(digits)) : null);

/** Every planted effect of a finished sample, with the counts that were really drawn. */
export function plantedEffects(world: World): PlantedEffect[] {
  return [
    ...world.effects.leavers.map((effect) => leaverEffect(world, effect)),
    earlyLeavers(world),
    progressionGap(world),
    cpdGap(world),
    conversion(world),
    ...miscoding(world),
    ...successions(world),
  ];
}

function leaverEffect(world: World, effect: LeaverEffect): PlantedEffect {
  const steady = effect.month === 0;
  const before = monthlyRate(world, effect.organisation, 1, effect.month);
  const after = monthlyRate(world, effect.organisation, Math.max(1, effect.month), world.months + 1);
  const observed: PlantedEffect['observed'] = {
    mean_support_headcount: round(after.stock, 0),
    monthly_leaver_rate_percent: round(after.rate, 2),
  };
  if (!steady) observed['monthly_leaver_rate_percent_before'] = round(before.rate, 2);
  const people = Math.min(after.stock, steady ? Infinity : before.stock);
  return {
    id: effect.id,
    what: steady
      ? 'leaver rate about twice that of other employers, throughout'
      : `leaver rate ${effect.after > effect.before ? 'rises' : 'falls'} and stays there`,
    where: { organisation: world.organisations[effect.organisation]!.code },
    from: steady ? null : monthStart(world, effect.month),
    until: null,
    size: steady
      ? { monthly_rate_percent: effect.after }
      : { monthly_rate_percent_before: effect.before, monthly_rate_percent_after: effect.after },
    observed,
    find_with: steady
      ? 'funnel plot of the leaver rate by organisation, any year'
      : 'XmR chart of the monthly or quarterly leaver rate',
    detectable: people >= 100 && world.months >= 24,
  };
}

/** Leavers of support staff per 100 per month over the flows of snapshots `from` to `until` − 1, and the mean headcount. */
function monthlyRate(world: World, organisation: number, from: number, until: number): { rate: number; stock: number } {
  const { left_by_month: left, stock_by_month: stock } = world.observed;
  const size = world.organisations.length;
  let leavers = 0;
  let exposure = 0;
  for (let month = from; month < until; month++) {
    leavers += left[month * size + organisation]!;
    exposure += (stock[(month - 1) * size + organisation]! + stock[month * size + organisation]!) / 2;
  }
  return { rate: (100 * leavers) / exposure, stock: exposure / (until - from) };
}

function earlyLeavers(world: World): PlantedEffect {
  const { organisation, factor } = world.effects.earlyLeavers;
  const { cohort, leftEarly } = world.observed;
  const sum = (counts: Int32Array) => counts.reduce((total, count) => total + count, 0);
  const elsewhere = (sum(leftEarly) - leftEarly[organisation]!) / (sum(cohort) - cohort[organisation]!);
  return {
    id: 'early_leavers',
    what: 'people who join leave again within twelve months far more often than elsewhere',
    where: { organisation: world.organisations[organisation]!.code },
    from: null,
    until: null,
    size: { first_year_hazard_ratio: factor },
    observed: {
      joined: cohort[organisation]!,
      left_within_12_months: leftEarly[organisation]!,
      share: round(leftEarly[organisation]! / cohort[organisation]!, 3),
      share_elsewhere: round(elsewhere, 3),
    },
    find_with: 'early leaver rate by organisation in a funnel; retention curve at 12 months',
    detectable: cohort[organisation]! >= 60,
  };
}

/** True when the 95 % interval of a ratio of two rates (log-normal, from the two numbers of events) lies below 1. */
const excludesOne = (ratio: number, events: number, otherEvents: number): boolean =>
  ratio * Math.exp(1.96 * Math.sqrt(1 / events + 1 / otherEvents)) < 1;

/** What a factor of 0.55 within each band comes to, about, over bands 2 to 4 together. */
const CRUDE_RATIO = 0.6;

function progressionGap(world: World): PlantedEffect {
  const { region, group, factor } = world.effects.progressionGap;
  const counts = world.observed.progressionByGroup;
  const rate = (name: string) => 100 * ((counts[name]?.bandUps ?? 0) / (counts[name]?.personMonths ?? 0));
  const ups = counts[group]?.bandUps ?? 0;
  return {
    id: 'progression_gap',
    what: `staff of ethnic group ${group} in bands 2 to 4 go up a band less often than white staff`,
    where: { region, ethnic_group: group },
    from: null,
    until: null,
    size: { chance_factor_within_band: factor, relative_likelihood: CRUDE_RATIO },
    observed: {
      band_ups: ups,
      band_ups_white: counts['white']?.bandUps ?? 0,
      monthly_rate_percent: round(rate(group), 3),
      monthly_rate_percent_white: round(rate('white'), 3),
      relative_likelihood: round(rate(group) / rate('white'), 3),
    },
    find_with: 'relative likelihood of going up a band, region, years pooled; one year alone may not exclude 1',
    detectable: excludesOne(rate(group) / rate('white'), ups, counts['white']?.bandUps ?? 0),
  };
}

function cpdGap(world: World): PlantedEffect {
  const { nation, factor } = world.effects.cpdGap;
  const { disabled, not_disabled: others } = world.observed.cpd;
  const share = (counts: typeof disabled) => counts.took_part / counts.people;
  return {
    id: 'cpd_gap',
    what: 'disabled support staff take part in CPD less often than staff recorded as not disabled',
    where: { nation, disability: 'disabled' },
    from: null,
    until: null,
    size: { monthly_cpd_chance_factor: factor },
    observed: {
      person_years_disabled: disabled.people,
      share_disabled: round(share(disabled), 3),
      share_not_disabled: round(share(others), 3),
      relative_likelihood: round(share(disabled) / share(others), 3),
    },
    find_with: 'relative likelihood of CPD participation in twelve months to 31 March, nation, years pooled',
    detectable: disabled.people >= 100,
  };
}

function conversion(world: World): PlantedEffect {
  const { nation, rate, elsewhere } = world.effects.conversion;
  const here = world.observed.registration[nation] ?? { ended: 0, achieved: 0 };
  const others = Object.entries(world.observed.registration)
    .filter(([name]) => name !== nation)
    .reduce((sum, [, counts]) => ({ ended: sum.ended + counts.ended, achieved: sum.achieved + counts.achieved }), { ended: 0, achieved: 0 }); // prettier-ignore
  return {
    id: 'apprenticeship_conversion',
    what: 'apprentices on a registration route who reach its end become registered more often',
    where: { nation },
    from: null,
    until: null,
    size: { share: rate, share_elsewhere: elsewhere },
    observed: {
      ended: here.ended,
      share: round(here.achieved / here.ended, 3),
      ended_elsewhere: others.ended,
      share_elsewhere: round(others.achieved / others.ended, 3),
    },
    find_with: 'apprenticeship to registration conversion by nation, years pooled',
    detectable: here.ended >= 20,
  };
}

function miscoding(world: World): PlantedEffect[] {
  const wave = world.effects.miscoding;
  if (!wave) return [];
  return [
    {
      id: 'miscoding_wave',
      what: 'occupational therapy support staff carry the generic code H1R for one quarter, then their own code again',
      where: { organisation: world.organisations[wave.organisation]!.code, profession: 'occupational_therapy' },
      from: snapshotDate(world, wave.from),
      until: snapshotDate(world, wave.until),
      size: { share_of_profession: wave.share },
      observed: { people: world.observed.miscoded },
      find_with: 'reclassified out at the first date, reclassified in at the second; leavers do not rise',
      detectable: world.observed.miscoded >= 10,
    },
  ];
}

function successions(world: World): PlantedEffect[] {
  const { merger, rename } = world.effects;
  const code = (index: number) => world.organisations[index]!.code;
  const none = { until: null, size: {}, observed: {}, detectable: true };
  return [
    {
      ...none,
      id: 'merger',
      what: 'two employers become one: nobody leaves, and a five-character code appears',
      where: { organisation: code(merger.organisation), old_organisations: merger.old.map(code).join(' ') },
      from: monthStart(world, merger.month),
      find_with: 'succession applied before the ledger: no transfers between the old codes and the new',
    },
    {
      ...none,
      id: 'rename',
      what: 'an employer changes its name and keeps its code',
      where: { organisation: code(rename.organisation) },
      from: monthStart(world, rename.month),
      find_with: 'one series across the date, with the name of each time',
    },
  ];
}
