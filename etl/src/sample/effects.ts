import { calendarMonth, isoDay, monthEndDay } from './calendar.ts';
import { professions } from './code-lists.ts';
import { leaverRate, leaverRateEngland, professionMix } from './margins.ts';
import type { Organisation } from './organisations.ts';
import { placeOf } from './organisations.ts';
import { cumulative } from './random.ts';
import type { Random } from './random.ts';

/** Support staff that a planted employer has in the standard sample of about 10,200; smaller samples scale it down. */
const STANDARD_STOCK = 10_200;

/** An employer whose rate of leaving is set: `before` until snapshot `month`, `after` from the flows of that month on (% a month). */
export interface LeaverEffect {
  id: string;
  organisation: number;
  month: number;
  before: number;
  after: number;
}

/** Every effect planted in a sample; months are snapshot numbers (0 = opening snapshot). */
export interface Effects {
  leavers: LeaverEffect[];
  earlyLeavers: { organisation: number; factor: number };
  miscoding: { organisation: number; from: number; until: number; share: number } | null;
  merger: { old: [number, number]; organisation: number; month: number };
  rename: { organisation: number; month: number; label: string };
  /** Factor on the monthly chance within a band. The crude ratio is nearer 1, since those held back stay in the lower bands. */
  progressionGap: { region: string; group: string; factor: number; due: Record<string, number> };
  cpdGap: { nation: string; factor: number };
  conversion: { nation: string; rate: number; elsewhere: number };
}

const sizes = { up: 330, up2: 240, down: 260, miscoding: 210, early: 230, outlier: 250, mergeA: 130, mergeB: 80, rename: 140 }; // prettier-ignore

/** Chooses employers for the planted effects, gives them the size to be found, and adds the employer that a merger creates. */
export function plantEffects(organisations: Organisation[], months: number, opening: number): Effects {
  const chosen = chooseEmployers(organisations);
  const at = (share: number) => Math.max(1, Math.min(months, Math.round(share * months)));
  const merger = plantMerger(organisations, chosen, at(0.646));
  giveOccupationalTherapy(organisations[chosen.miscoding]!);
  const effects: Effects = {
    leavers: [
      { id: 'leaver_shift_up', organisation: chosen.up, month: at(0.584), before: 1.2, after: 3.0 },
      { id: 'leaver_shift_up_later', organisation: chosen.up2, month: at(0.77), before: 1.1, after: 2.4 },
      { id: 'leaver_improvement', organisation: chosen.down, month: at(0.458), before: 2.6, after: 1.0 },
      { id: 'retention_outlier', organisation: chosen.outlier, month: 0, before: 2.6, after: 2.6 },
    ],
    earlyLeavers: { organisation: chosen.early, factor: 3.4 },
    miscoding: waveOf(chosen.miscoding, months, opening),
    merger,
    rename: {
      organisation: chosen.rename,
      month: at(0.833),
      label: organisations[chosen.rename]!.label.replace(/ (Trust|Health Board) /, ' Partnership $1 '),
    },
    progressionGap: { region: 'Y56', group: 'black', factor: 0.55, due: {} },
    cpdGap: { nation: 'scotland', factor: 0.47 },
    conversion: { nation: 'scotland', rate: 0.92, elsewhere: 0.58 },
  };
  settlePlaces(organisations, leavingFactors(organisations, effects, Math.round(months / 2)), effects);
  return effects;
}

/** Sets the other employers of each region or nation so that the place as a whole leaves at its own rate. */
function settlePlaces(organisations: Organisation[], factors: Float64Array, effects: Effects): void {
  const fixed = new Set(effects.leavers.map((effect) => effect.organisation));
  for (const place of new Set(organisations.map(placeOf))) {
    const members = organisations.flatMap((organisation, index) => (placeOf(organisation) === place ? [index] : []));
    const leavers = (of: number[]) =>
      of.reduce((sum, index) => sum + organisations[index]!.weight * factors[index]!, 0);
    const weight = members.reduce((sum, index) => sum + organisations[index]!.weight, 0);
    const target = (weight * leaverRate[place]!) / leaverRateEngland;
    const free = members.filter((index) => !fixed.has(index));
    const scale = (target - leavers(members.filter((index) => fixed.has(index)))) / leavers(free);
    for (const index of free) organisations[index]!.leaving *= Math.max(0.6, scale);
  }
}

type Chosen = Record<keyof typeof sizes, number>;

/** The largest English general employers, at first one from each region; the merger takes two from one region. */
function chooseEmployers(organisations: Organisation[]): Chosen {
  const general = organisations
    .map((organisation, index) => ({ organisation, index }))
    .filter(({ organisation }) => organisation.nation === 'england' && organisation.kind !== 'ambulance')
    .sort((a, b) => b.organisation.weight - a.organisation.weight);
  const taken = new Set<number>();
  const used = new Set<string>(['Y56']);
  const take = (fits: (organisation: Organisation) => boolean): number => {
    const candidate =
      general.find(({ organisation, index }) => !taken.has(index) && fits(organisation)) ??
      general.find(({ index }) => !taken.has(index)) ??
      general[0]!;
    taken.add(candidate.index);
    used.add(candidate.organisation.region);
    return candidate.index;
  };
  const fresh = (organisation: Organisation) => !used.has(organisation.region);
  const chosen = {} as Chosen;
  for (const name of ['up', 'down', 'early', 'outlier', 'miscoding', 'up2'] as const) chosen[name] = take(fresh);
  chosen.mergeA = take(() => true);
  const system = organisations[chosen.mergeA]!.system;
  chosen.mergeB = take((organisation) => organisation.system === system);
  chosen.rename = take(() => true);
  const total = organisations.reduce((sum, organisation) => sum + organisation.weight, 0);
  for (const [name, index] of Object.entries(chosen) as [keyof Chosen, number][]) {
    const organisation = organisations[index]!;
    organisation.weight = (total * sizes[name]) / STANDARD_STOCK;
    if (organisation.kind === 'specialist' || organisation.kind === 'mental_health') {
      organisation.kind = 'acute';
      organisation.professions = cumulative([...professionMix['acute']!]);
    }
  }
  return chosen;
}

function plantMerger(organisations: Organisation[], chosen: Chosen, month: number): Effects['merger'] {
  const first = organisations[chosen.mergeA]!;
  organisations.push({
    ...first,
    code: 'Z6M2S',
    label: `United ${first.label.split(' ')[0]} Trust (synthetic)`,
    weight: 0,
  });
  return { old: [chosen.mergeA, chosen.mergeB], organisation: organisations.length - 1, month };
}

function giveOccupationalTherapy(organisation: Organisation): void {
  organisation.professions = cumulative(
    professions.map((code, index) => professionMix['acute']![index]! * (code === 'occupational_therapy' ? 4 : 1)),
  );
}

/** A whole calendar quarter (not the one that ends in March, so that yearly snapshots stay clear), near two thirds of the way. */
function waveOf(organisation: number, months: number, opening: number): Effects['miscoding'] {
  const starts = Array.from({ length: Math.max(0, months - 3) }, (_, index) => index + 1).filter((month) =>
    [4, 7, 10].includes(calendarMonth(opening + month)),
  );
  const from = starts.sort((a, b) => Math.abs(a - 0.65 * months) - Math.abs(b - 0.65 * months))[0];
  return from === undefined ? null : { organisation, from, until: from + 3, share: 0.8 };
}

/** Relative hazard of leaving of every organisation in the flows that end at snapshot `month`. */
export function leavingFactors(organisations: readonly Organisation[], effects: Effects, month: number): Float64Array {
  const factors = Float64Array.from(organisations, (organisation) => organisation.leaving);
  for (const effect of effects.leavers)
    factors[effect.organisation] = (month >= effect.month ? effect.after : effect.before) / leaverRateEngland;
  return factors;
}

/** Date on which a snapshot's month begins, for truth files. */
export const monthBegins = (month: number): string => isoDay(monthEndDay(month - 1) + 1);

/** Relative chance of a band up: the planted gap. */
export const progressionFactor = (effects: Effects, organisation: Organisation, group: string): number =>
  placeOf(organisation) === effects.progressionGap.region && group === effects.progressionGap.group
    ? effects.progressionGap.factor
    : 1;

/**
 * Whether someone goes up a band, with probability `chance`. In the region of the planted gap this is drawn evenly (systematic
 * sampling within each ethnic group), so that the gap has its size whatever the seed; elsewhere by chance.
 */
export function goesUp(effects: Effects, home: Organisation, group: string, chance: number, random: Random): boolean {
  const { region, due } = effects.progressionGap;
  if (home.region !== region) return random.chance(chance);
  const total = (due[group] ?? 0.5) + chance;
  due[group] = total >= 1 ? total - 1 : total;
  return total >= 1;
}
