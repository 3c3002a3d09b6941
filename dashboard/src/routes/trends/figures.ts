import { foldSeries, toShares } from '#lib/figure/shares.ts';
import { type Figure, valueSeries } from '#lib/figure/figure.ts';
import { unitWords } from '#lib/figure/format.ts';
import { shown } from '#lib/figure/status.ts';
import { findMeasure, withDisclosure } from '#lib/server/catalogue.ts';
import { figureOf } from '#lib/server/figures.ts';
import type { Definition, Refusal } from '#lib/server/fragments.ts';
import { type Grain, perYear, type View } from '#lib/server/view.ts';
import { population, whereOf } from '#lib/server/filters.ts';
import { categoryKey } from '#lib/server/options.ts';
import { type Axis, shortPeriod } from '#lib/server/pivot.ts';
import { unitOf } from '#lib/server/provenance.ts';
import { type Answer, type Dimension, type Question, type Refused, askQuestions } from '#lib/server/question.ts';
import { waterfall, waterfallMeasures } from '#lib/server/waterfall.ts';
import { type Keys, labelOf, type State, writeState } from '#lib/state/url-state.ts';

export interface Trends {
  figures: Figure[];
  refused: { title: string; refusal: Refusal }[];
}

const upper = (values: string[] | undefined): string[] => (values ?? []).map((value) => value.toUpperCase());

function questions(all: View, measure: Definition, values: State<Keys>['values']): Record<string, Question> {
  const by = values.by?.[0] ?? 'nation';
  const grain = (upper(values.grain)[0] ?? 'QUARTER') as Grain;
  const count = Number(values.last?.[0] ?? 5) * perYear[grain] + 1;
  const where = { ...all.population.where, ...whereOf(values) };
  // Split by staff group, a figure shows all of them; everything else stays with the group that holds AHP support.
  const trendWhere = by === 'staff_group' ? { ...where, staffGroup: undefined } : where;
  const { source } = all;
  const split: Dimension[] = by === 'none' ? [] : [by.toUpperCase() as Dimension];
  const shared = { where, source, period: { last: { count, grain } } };
  const headcount = findMeasure(all, 'headcount');
  const flows = waterfallMeasures(all);
  const bands = Boolean(categoryKey(all, 'BAND', grain));
  return {
    trend: { measures: withDisclosure(all, measure), arguments: { ...shared, where: trendWhere, by: split } },
    ...(headcount && bands
      ? {
          mix: {
            measures: [headcount],
            arguments: { ...shared, by: ['BAND'], period: { last: { count: Math.min(count, 9), grain } } },
          },
        }
      : {}),
    ...(flows
      ? { flows: { measures: flows, arguments: { where, source, period: { last: { count: 1, grain } } } } }
      : {}),
  };
}

function span(answer: Answer): string {
  const periods = answer.rows.map((row) => row.period).sort((one, other) => one.end.localeCompare(other.end));
  const [first, last] = [periods[0], periods.at(-1)];
  if (!first || !last) return '';
  return first.end === last.end ? last.label : `${shortPeriod(first.end)} to ${shortPeriod(last.end)}`;
}

const countUnits = ['people', 'fte', 'roles'];

/** One period has no trend and is shown by itself; which nation is larger is no news, so counts by nation are not. */
function showLatest(trend: Figure, by: string): boolean {
  if (trend.rows.length === 1) return true;
  return valueSeries(trend).length > 1 && !(by === 'nation' && countUnits.includes(trend.unit));
}

/** Whether a break in the series falls on one of the figures. */
const hasBreak = (answer: Answer, { id }: Definition): boolean =>
  answer.rows.some((row) => (row.measures[id]?.breaks.length ?? 0) > 0);

/** True when the largest count is so far above the smallest that one scale would flatten the small ones. */
function differInSize(figure: Figure): boolean {
  if (figure.unit === 'percent' || figure.unit === 'ratio' || valueSeries(figure).length < 2) return false;
  const lasts = figure.series.flatMap((series) => shown(series.values.at(-1)) ?? []);
  return Math.max(...lasts) > 6 * Math.min(...lasts);
}

/** Every figure of the page for one address, in the order in which they stand. */
export async function trends(all: View, keys: Keys, state: State<Keys>): Promise<Trends> {
  const { values } = state;
  const measure = findMeasure(all, values.measure?.[0] ?? '') ?? all.measures[0];
  if (!measure) return { figures: [], refused: [] };
  const answers: Record<string, Answer | Refused> = await askQuestions(questions(all, measure, values));
  const address = writeState('/trends', keys, values);
  const by = values.by?.[0] ?? 'nation';
  const about = population(keys, values, all.population.label);
  const words = by === 'none' ? '' : ` by ${labelOf(keys.by, by).toLowerCase()}`;
  const figures: Figure[] = [];
  const refused: Trends['refused'] = [];
  const take = (name: string, title: string, make: (answer: Answer) => Figure[]) => {
    const answer = answers[name];
    if (!answer) return;
    if (answer.kind === 'refused') refused.push({ title, refusal: answer.refusal });
    else if (answer.rows.length) figures.push(...make(answer));
  };

  // Where hours of full-time staff changed, people tell what full-time equivalents cannot.
  const trend = answers.trend;
  const headcount = findMeasure(all, 'headcount');
  if (headcount && headcount !== measure && trend?.kind === 'table' && hasBreak(trend, measure))
    Object.assign(
      answers,
      await askQuestions({ beside: { measures: [headcount], arguments: trend.question.arguments } }),
    );

  const across: Axis | null = by === 'none' ? null : by === 'nation' ? 'area' : (by.toUpperCase() as Dimension);
  const titleOf = (one: Definition) =>
    `${one.title}${words}, ${unitWords[unitOf(one)]}, ${by === 'staff_group' ? 'England' : about}`;
  const overTime = (id: string, one: Definition, answer: Answer): Figure => {
    const subtitle = `${titleOf(one)}, ${span(answer)}`;
    const plan = {
      id,
      kind: 'line',
      measure: one,
      down: 'period',
      across,
      rowHead: 'Period',
      subtitle,
      address,
    } as const;
    const figure = figureOf(all, answer, plan);
    return valueSeries(figure).length > 4 || differInSize(figure) ? { ...figure, kind: 'multiples' } : figure;
  };

  take('trend', `${measure.title}${words}`, (answer) => {
    const trend = overTime('trend', measure, answer);
    const latestEnd = trend.rows.at(-1)?.key;
    const latest: Answer = { ...answer, rows: answer.rows.filter((row) => row.period.end === latestEnd) };
    const when = trend.rows.at(-1)?.labels[0];
    return [
      ...(trend.rows.length > 1 ? [trend] : []),
      ...(showLatest(trend, by)
        ? [
            figureOf(all, latest, {
              id: 'latest',
              kind: 'bar',
              measure,
              down: across ?? 'area',
              rowHead: across ? labelOf(keys.by, by) : 'Place',
              subtitle: `${titleOf(measure)}, ${when}`,
              address,
            }),
          ]
        : []),
    ];
  });
  take('beside', `Headcount${words}`, (answer) => [overTime('beside', headcount!, answer)]);
  take('mix', 'Share of each band', (answer) => {
    const headcount = findMeasure(all, 'headcount') as Definition;
    const counts = figureOf(all, answer, {
      id: 'mix',
      kind: 'share',
      measure: headcount,
      down: 'period',
      across: 'BAND',
      rowHead: 'Period',
      title: 'Share of headcount',
      subtitle: `Share of headcount by band, percent, ${about}, ${span(answer)}`,
      address,
      caveats: [],
    });
    return [toShares(foldSeries(counts, 4))];
  });
  take('flows', 'Joiners and leavers', (answer) => [
    waterfall(all, answer, {
      id: 'flows',
      subtitle: `People at the start, joining, leaving and at the end, ${about}, ${span(answer)}`,
      address,
    }),
  ]);
  const { caveat } = all.population;
  return {
    figures: caveat ? figures.map((figure) => ({ ...figure, caveats: [caveat, ...figure.caveats] })) : figures,
    refused,
  };
}
