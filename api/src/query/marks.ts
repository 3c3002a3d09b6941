import type { Formula } from '@ahp/sql/measure';
import { plainTallies, tallyOfADay } from '@ahp/sql/tally';
import type { AreaRecord, Grain, Holding, PeriodRecord } from '../release/catalogue.ts';
import type { Mark } from '../release/read-marks.ts';
import type { Shown, Warning } from './table.ts';
import { placeName } from './words.ts';

/** A mark with the place and the period that it is about. */
export interface PlacedMark extends Mark {
  area: AreaRecord;
  period: Pick<PeriodRecord, 'label'>;
}

/** Where and when a figure is. */
export interface Marked {
  holding: Pick<Holding, 'marks'>;
  grain: Grain;
  areas: readonly AreaRecord[];
  period: Pick<PeriodRecord, 'end' | 'label'>;
}

/** Tallies that come from other files than the snapshots of people. */
const ofNoSnapshot = new Set<string>([...plainTallies, 'vacant_fte']);

/** The marks that a release gives to the figure of a formula: of its day, of its period, or of one of its tallies. */
export function marksOf(formula: Formula, { holding, grain, areas, period }: Marked): PlacedMark[] {
  if (holding.marks.size === 0) return [];
  const made = Object.keys({ ...formula.numerator, ...('denominator' in formula ? formula.denominator : {}) });
  const people = made.filter((tally) => !ofNoSnapshot.has(tally));
  const about = new Set([...made, ...people.map((tally) => (tallyOfADay.has(tally) ? 'stock' : 'flow'))]);
  return areas.flatMap((area) =>
    (holding.marks.get(`${grain}|${period.end}|${area.code}`) ?? [])
      .filter(({ of }) => about.has(of))
      .map((mark) => ({ ...mark, area, period })),
  );
}

/** What the marks of the figures shown say, each once. */
export function markWarnings(rows: readonly Shown[]): Warning[] {
  const found = rows.flatMap(({ figures }) => figures.flatMap(({ marks }) => marks));
  const byText = Map.groupBy(found, ({ kind, area, note }) => JSON.stringify([kind, placeName(area), note]));
  return [...byText.values()].map((some) => {
    const [{ kind, area, note, available }] = some as [PlacedMark];
    const when = [...new Set(some.map(({ period }) => period.label))];
    const periods = when.length > 4 ? `${when.length} periods, ${when[0]} to ${when.at(-1)}` : when.join('; ');
    const given = available ? '' : ' No figure is given.';
    return { code: kind, message: `${placeName(area)}, ${periods}: ${note}.${given}` };
  });
}
