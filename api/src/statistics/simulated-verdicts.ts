import { measureById } from '@ahp/sql/registry';
import { publishedRow } from '@ahp/sql/statistics/published-counts';
import { seededRandom, type Random } from '@ahp/sql/statistics/random';
import type { Figure } from '../query/figure.ts';
import type { OpenRelease } from '../release/open-release.ts';
import type { PeriodRecord } from '../release/catalogue.ts';
import { chartVerdict } from './chart-verdict.ts';
import { kindOf, type ChartKind, type Events } from './chart-kind.ts';
import { exactSeries } from './exact-chart.ts';
import { chartSeries, type MarkedPoint, type Variation } from './xmr.ts';
import { yearTest } from './year-test.ts';

/** What the charts of employers of one size say to one audience, as shares of them. */
export interface SimulatedVerdicts {
  audience: string;
  people: number;
  employers: number;
  /** Of employers where nothing changes: charts by kind, those without a verdict, and false ones, of them improvements. */
  xmr: number;
  without: number;
  falseVerdicts: number;
  falseImprovements: number;
  /** Of employers where twice as many leave in the latest year: those where the chart says concern. */
  power: number;
}

export const sizes = [40, 70, 150, 300];
export const audiences = [
  { id: 'public', v: 6.25 },
  { id: 'trusted', v: 3 },
  { id: 'own', v: 0 },
] as const;

const quarters = 16;
/** Shares of people in a quarter: who leave, and who go on leave, which England’s rate counts too. */
const rates = { leaving: 0.03, goingOnLeave: 0.005 };
const measure = { ...measureById('leaver_rate'), parameters: undefined };
const ends = Array.from(
  { length: quarters },
  (_, q) => `${2022 + Math.floor((q + 2) / 4)}-${['03', '06', '09', '12'][(q + 1) % 4]}-28`,
);

/** The default leaver rate of employers by the charts of the service, over four years of quarters, with the protection of each audience. */
export async function simulateVerdicts(
  open: Pick<OpenRelease, 'db'>,
  { employers, seed }: { employers: number; seed: number },
): Promise<SimulatedVerdicts[]> {
  const found: SimulatedVerdicts[] = [];
  for (const { id, v } of audiences)
    for (const people of sizes) {
      const random = seededRandom(seed + 1000 * people + Math.round(100 * v));
      const told = async (times: number) => {
        const all = Array.from({ length: employers }, () => employer(people, v, times, random));
        return verdictsOf(open, all, { unit: 1, counts: 2, v: 2 * v, exact: true });
      };
      const [calm, doubled] = [await told(1), await told(2)];
      const share = (list: typeof calm, is: (one: (typeof calm)[number]) => boolean) =>
        list.filter(is).length / employers;
      found.push({
        audience: id,
        people,
        employers,
        xmr: share(calm, ({ kind }) => kind === 'XMR'),
        without: share(calm, ({ variation }) => variation === null),
        falseVerdicts: share(calm, ({ variation }) => variation === 'CONCERN' || variation === 'IMPROVEMENT'),
        falseImprovements: share(calm, ({ variation }) => variation === 'IMPROVEMENT'),
        power: share(doubled, ({ variation }) => variation === 'CONCERN'),
      });
    }
  return found;
}

interface Employer {
  quarters: Figure[];
  years: Figure[];
}

/** Published quarters and years of one employer; a year adds up its quarters and is protected by itself. */
function employer(people: number, v: number, times: number, random: Random): Employer {
  const true_ = Array.from({ length: quarters }, (_, q) => [
    poisson(people * rates.leaving * (q >= quarters - 4 ? times : 1), random),
    poisson(people * rates.goingOnLeave, random),
  ]);
  const shown = (counts: readonly number[]) => counts.reduce((sum, count) => sum + published(count, v, random), 0);
  const years = Array.from({ length: quarters / 4 }, (_, y) =>
    [0, 1].map((k) => true_.slice(4 * y, 4 * y + 4).reduce((sum, counts) => sum + counts[k]!, 0)),
  );
  const figure = (events: number) => figureOf(events, people, 2 * v);
  return { quarters: true_.map(shown).map(figure), years: years.map(shown).map(figure) };
}

const figureOf = (events: number, people: number, variance: number) =>
  ({
    measure,
    numerator: events,
    denominator: people,
    value: events / people,
    display: '',
    noise: variance > 0 ? { sd: Math.sqrt(variance), cells: 1, audience: '', statement: '' } : null,
  }) as unknown as Figure;

function poisson(mean: number, random: Random): number {
  let [count, p] = [0, random()];
  const least = Math.exp(-mean);
  while (p > least) [count, p] = [count + 1, p * random()];
  return count;
}

function published(count: number, v: number, random: Random): number {
  let left = random();
  const row = publishedRow(count, v);
  return row.find(([, p]) => (left -= p) < 0)?.[0] ?? row.at(-1)![0];
}

/** The verdict on every employer; XmR charts are worked out in one statement. */
async function verdictsOf(
  open: Pick<OpenRelease, 'db'>,
  all: readonly Employer[],
  events: Events,
): Promise<{ kind: ChartKind; variation: Variation | null }[]> {
  const kinds = all.map((one) => kindOf(events, one.quarters));
  const series = all.flatMap((one, i) =>
    kinds[i] === 'XMR' ? one.quarters.map(({ value }, t) => ({ series: i, t, phase: 1, y: value })) : [],
  );
  const marked = Map.groupBy(await chartSeries(open as OpenRelease, series, 'decrease'), (point) => point.series);
  const phases = ends.map(() => 1);
  const periods = ends.map((end) => ({ end })) as PeriodRecord[];
  return all.map((one, i) => {
    const kind = kinds[i]!;
    const points: readonly MarkedPoint[] =
      kind === 'XMR' ? marked.get(i)! : exactSeries(measure, events, one.quarters, phases);
    const yearEnds = periods.filter((_, q) => q % 4 === 3).map(({ end }) => ({ end, label: end }) as PeriodRecord);
    const year = yearTest(measure, events, { periods: yearEnds, figures: one.years, phases: yearEnds.map(() => 1) });
    const { variation } = chartVerdict(kind, points, year, { figure: (t) => one.quarters[t]!, periods });
    return { kind, variation };
  });
}
