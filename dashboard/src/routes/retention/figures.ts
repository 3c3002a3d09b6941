import { lowerFirst } from '#lib/figure/words.ts';
import type { Figure } from '#lib/figure/figure.ts';
import { shown } from '#lib/figure/status.ts';
import { figureOf } from '#lib/server/figures.ts';
import { population, whereOf } from '#lib/server/filters.ts';
import { findMeasure } from '#lib/server/catalogue.ts';
import type { Content } from '#lib/server/page.ts';
import type { Axis } from '#lib/server/pivot.ts';
import { type Answer, askQuestions, type Dimension, type Question, type Refused } from '#lib/server/question.ts';
import { exitsFigure, milestoneFigure, survivalFigure } from '#lib/server/statistics/survival-figures.ts';
import { survival, type SurvivalBy } from '#lib/server/statistics/survival.ts';
import { standardised, standardisedFigure } from '#lib/server/statistics/standardised.ts';
import type { View } from '#lib/server/view.ts';
import { byRank, foldRows } from '#lib/figure/ranked.ts';
import { type Keys, labelOf, type State, writeState } from '#lib/state/url-state.ts';

/** Turnover has no joining cohorts: those figures stay whole where the curves are split by cohort. */
const splitOf = (by: string): Dimension[] => (['none', 'cohort'].includes(by) ? [] : [by.toUpperCase() as Dimension]);

function questions(view: View, values: State<Keys>['values'], by: string): Record<string, Question> {
  const where = { ...view.population.where, ...whereOf(values) };
  const { source } = view;
  const year = { last: { count: 1, grain: 'YEAR' as const } };
  const wanted = {
    rate: { id: 'leaver_rate', by: splitOf(by), period: { last: { count: 5, grain: 'YEAR' as const } } },
    early: { id: 'early_leaver_share', by: splitOf(by), period: year },
    reasons: { id: 'leaving_reason_share', by: ['LEAVING_REASON' as const], period: year },
    destinations: { id: 'destination_share', by: ['DESTINATION' as const], period: year },
  };
  return Object.fromEntries(
    Object.entries(wanted).flatMap(([name, { id, by: split, period }]) => {
      const measure = findMeasure(view, id);
      return measure ? [[name, { measures: [measure], arguments: { where, source, by: split, period } }]] : [];
    }),
  );
}

/** Retention curves, leaver rate, early leavers, reasons, destinations and competing exits for one address. */
export async function retention(view: View, keys: Keys, state: State<Keys>): Promise<Content> {
  const { values } = state;
  const by = values.by?.[0] ?? 'nation';
  const address = writeState('/retention', keys, values);
  const about = population(keys, values, view.population.label);
  const head = by === 'none' ? 'Group' : labelOf(keys.by, by);
  const where = whereOf(values);
  const extracts = view.source === 'EXTRACTS';
  const [answers, curves, whole, alike] = await Promise.all([
    askQuestions(questions(view, values, by)) as Promise<Record<string, Answer | Refused>>,
    extracts ? survival({ where, by: by === 'none' ? null : (by.toUpperCase() as SurvivalBy) }) : null,
    extracts ? survival({ where }) : null,
    // Regions of England are many enough to be compared; a place made alike cannot be narrowed by its work.
    extracts && by === 'nation' && !where.profession
      ? standardised({ where, measure: 'LEAVER_RATE', by: 'REGION' })
      : null,
  ]);
  const figures: Figure[] = [];
  const refused: Content['refused'] = [];

  if (curves?.__typename === 'SurvivalTable') {
    figures.push(survivalFigure(view, curves, { about, address }));
    figures.push(milestoneFigure(view, curves, { about, head, address }));
  } else if (curves?.__typename === 'QueryRefused') refused.push({ title: 'Retention curves', refusal: curves });
  const curve = whole?.__typename === 'SurvivalTable' ? whole.curves[0] : undefined;
  if (whole?.__typename === 'SurvivalTable' && curve) {
    const exits = exitsFigure(view, whole, { about, address, curve });
    if (exits) figures.push(exits);
  }

  const take = (name: string, make: (answer: Answer) => Figure) => {
    const answer = answers[name];
    if (answer?.kind === 'refused')
      refused.push({ title: findMeasure(view, measureOf[name] ?? '')?.title ?? name, refusal: answer.refusal });
    else if (answer?.rows.length) figures.push(make(answer));
  };
  const across: Axis | null =
    splitOf(by).length === 0 ? null : by === 'nation' ? 'area' : (by.toUpperCase() as Dimension);
  const plan = (name: string) => {
    const measure = findMeasure(view, measureOf[name] ?? '') as NonNullable<ReturnType<typeof findMeasure>>;
    return { measure, words: across ? ` by ${head.toLowerCase()}` : '' };
  };
  const when = (answer: Answer): string => answer.rows.at(-1)?.period.label ?? '';

  take('rate', (answer) => {
    const { measure, words } = plan('rate');
    const trend = figureOf(view, answer, {
      id: 'leaver-rate',
      kind: 'line',
      measure,
      down: 'period',
      across,
      rowHead: 'Year',
      subtitle: `${measure.title}${words}, years to March, ${about}`,
      address,
    });
    return { ...trend, kind: trend.series.length > 4 ? 'multiples' : 'line' };
  });
  if (alike?.__typename === 'StandardisedTable' && alike.rows.length > 1)
    figures.push(standardisedFigure(view, alike, { about: 'England', head: 'Region', address }));
  take('early', (answer) => {
    const { measure, words } = plan('early');
    return figureOf(view, answer, {
      id: 'early-leavers',
      kind: 'bar',
      measure,
      down: across ?? 'area',
      rowHead: across ? head : 'Place',
      subtitle: `${measure.title}${words}, ${about}, ${when(answer)}`,
      address,
    });
  });
  for (const [name, dimension] of [
    ['reasons', 'LEAVING_REASON'],
    ['destinations', 'DESTINATION'],
  ] as const)
    take(name, (answer) => {
      const { measure } = plan(name);
      const bars = figureOf(view, answer, {
        id: name,
        kind: 'bar',
        measure,
        down: dimension,
        rowHead: measure.title.replace(/^Share by /, '').replace(/^\w/, (letter) => letter.toUpperCase()),
        subtitle: `${measure.title}, percent of leavers, ${about}, ${when(answer)}`,
        address,
      });
      const ranked = foldRows(byRank(bars), 14);
      const first = ranked.rows[0];
      const value = ranked.series[0]?.values[0];
      return {
        ...ranked,
        ...(first && value && shown(value) !== null
          ? { headline: `${commonest[name]}: ${lowerFirst(first.labels[0] ?? '')}, ${value.display} of leavers` }
          : {}),
      };
    });

  return {
    figures,
    refused,
    notes: [
      ...(view.population.caveat ? [view.population.caveat] : []),
      ...(extracts
        ? []
        : ['Retention curves need person-level extracts; official figures hold joiners and leavers alone.']),
    ],
  };
}

const measureOf: Record<string, string> = {
  rate: 'leaver_rate',
  early: 'early_leaver_share',
  reasons: 'leaving_reason_share',
  destinations: 'destination_share',
};

const commonest = { reasons: 'The most common reason', destinations: 'The most common destination' };
