import type { Formula } from '@ahp/sql/measure';
import { plainTallies, tallyOfADay } from '@ahp/sql/tally';
import type { AreaRecord, Catalogue, Grain, Holding, PeriodRecord } from '../release/catalogue.ts';
import type { Shown, Warning } from './table.ts';
import { listed } from './words.ts';

/** A nation that sends snapshots and sent none of a day. */
export interface MissingSnapshot {
  nation: AreaRecord;
  /** The day. */
  end: string;
}

/** Areas of one figure, and when. */
export interface Reported {
  catalogue: Catalogue;
  holding: Pick<Holding, 'silent' | 'periods'>;
  grain: Grain;
  areas: readonly AreaRecord[];
  period: Pick<PeriodRecord, 'end'>;
}

/** Tallies that come from other files than the snapshots of people. */
const ofNoSnapshot = new Set<string>([...plainTallies, 'vacant_fte']);

/**
 * The snapshots that a figure would have to do without: of nations that report by quarter or by year only, on its day or, for movements, on the
 * day from which they count. A figure of the United Kingdom without a nation is none.
 */
export function missingSnapshots(formula: Formula, reported: Reported): MissingSnapshot[] {
  const { catalogue, holding, grain, areas, period } = reported;
  if (holding.silent.size === 0) return [];
  const made = { ...formula.numerator, ...('denominator' in formula ? formula.denominator : {}) };
  const people = Object.keys(made).filter((tally) => !ofNoSnapshot.has(tally));
  if (people.length === 0) return [];
  const moves = people.some((tally) => !tallyOfADay.has(tally));
  const opening = holding.periods.findLast((one) => one.grain === grain && one.end < period.end)?.end;
  const ends = [period.end, ...(moves && opening ? [opening] : [])];
  const everyNation = areas.some(({ level }) => level === 'uk');
  const nations = catalogue
    .areasAt('nation')
    .filter((nation) => everyNation || areas.some((area) => area.within('nation')?.code === nation.code));
  return nations.flatMap((nation) =>
    ends.flatMap((end) => (holding.silent.has(`${grain}|${end}|${nation.code}`) ? [{ nation, end }] : [])),
  );
}

/** Which nations sent nothing, so that figures of them and of the United Kingdom are not given. */
export function snapshotWarnings(rows: readonly Shown[]): Warning[] {
  const missing = rows.flatMap(({ figures }) => figures.flatMap(({ without }) => without));
  const byNation = Map.groupBy(missing, ({ nation }) => nation);
  return [...byNation].map(([{ label }, some]) => {
    const days = listed([...new Set(some.map(({ end }) => end))].sort());
    return {
      code: 'INCOMPLETE',
      message: `${label} sent no snapshot of ${days}: no figure of that day or of movements from it is given for ${label}, nor for the United Kingdom, which would be without it. \`by: [NATION]\` gives the others.`,
    };
  });
}
