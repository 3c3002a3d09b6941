import type { Figure } from '#lib/figure/figure.ts';
import { unitWords } from '#lib/figure/format.ts';
import { findMeasure } from '#lib/server/catalogue.ts';
import { figureOf } from '#lib/server/figures.ts';
import { population, whereOf } from '#lib/server/filters.ts';
import type { Definition } from '#lib/server/fragments.ts';
import type { Content } from '#lib/server/page.ts';
import type { Axis } from '#lib/server/pivot.ts';
import { unitOf } from '#lib/server/provenance.ts';
import { type Answer, askQuestions, type Dimension, type Question, type Refused } from '#lib/server/question.ts';
import { flowFigure } from '#lib/server/statistics/flow-figure.ts';
import { flows, type PersonDimension } from '#lib/server/statistics/flows.ts';
import { stepGroupsFigure, stepsFigure, timeToStep } from '#lib/server/statistics/time-to-step.ts';
import type { View } from '#lib/server/view.ts';
import { type Keys, labelOf, type State, writeState } from '#lib/state/url-state.ts';

const rateIds = ['band_up_rate', 'stage_up_rate', 'to_apprentice_rate', 'to_registered_rate', 'stuck_share'];
const apprenticeIds = [
  'apprenticeship_starts',
  'apprenticeships_in_learning',
  'apprenticeship_achievements',
  'achievement_rate',
  'registration_conversion',
];

/** What the time to a first step is published by. */
const stepGroups = new Set(['nation', 'profession', 'band', 'sex', 'ethnic_group', 'age_band', 'disability']);

const found = (view: View, ids: string[]): Definition[] => ids.flatMap((id) => findMeasure(view, id) ?? []);

function questions(view: View, values: State<Keys>['values']): Record<string, Question> {
  const by = [(values.by?.[0] ?? 'nation').toUpperCase() as Dimension];
  const { source } = view;
  const where = { ...view.population.where, ...whereOf(values) };
  const end = values.year?.[0];
  const period = end ? { at: { end, grain: 'YEAR' as const } } : { last: { count: 1, grain: 'YEAR' as const } };
  const [rates, apprentices] = [found(view, rateIds), found(view, apprenticeIds)];
  return {
    ...(rates.length ? { rates: { measures: rates, arguments: { by, where, source, period } } } : {}),
    ...(apprentices.length
      ? {
          apprentices: {
            measures: apprentices,
            // Apprenticeships belong to people, whose profession the standard does not always tell.
            arguments: {
              by: ['NATION'],
              where: { nation: where.nation },
              source,
              period: { last: { count: 5, grain: 'YEAR' } },
            },
          },
        }
      : {}),
  };
}

/** The pipeline, the rates of moving on, and apprenticeships, for one address. */
export async function progression(view: View, keys: Keys, state: State<Keys>): Promise<Content> {
  const { values } = state;
  const by = values.by?.[0] ?? 'nation';
  const from = values.from?.[0] ?? 'band';
  const end = values.year?.[0];
  const address = writeState('/progression', keys, values);
  const about = population(keys, values, view.population.label);
  const where = whereOf(values);
  const extracts = view.source === 'EXTRACTS';
  const stepBy = stepGroups.has(by) ? (by.toUpperCase() as 'NATION') : null;
  const [answers, pipeline, steps, stepsBy] = await Promise.all([
    askQuestions(questions(view, values)) as Promise<Record<string, Answer | Refused>>,
    extracts
      ? flows({
          where,
          from: from.toUpperCase() as PersonDimension,
          period: end ? { at: { end, grain: 'YEAR' } } : null,
        })
      : null,
    extracts ? timeToStep({ where }) : null,
    extracts && stepBy ? timeToStep({ where, by: stepBy }) : null,
  ]);
  const figures: Figure[] = [];
  const refused: Content['refused'] = [];

  if (pipeline?.__typename === 'QueryRefused') refused.push({ title: 'The pipeline', refusal: pipeline });
  else if (pipeline) {
    const figure = flowFigure(view, pipeline, { about, head: labelOf(keys.from, from), address });
    if (figure) figures.push(figure);
  }

  if (steps?.__typename === 'QueryRefused') refused.push({ title: 'Time to the first step up', refusal: steps });
  else if (steps) {
    const figure = stepsFigure(view, steps, { about, address });
    if (figure) figures.push(figure);
  }
  if (stepsBy?.__typename === 'TimeToStepTable') {
    const figure = stepGroupsFigure(view, stepsBy, { about, head: labelOf(keys.by, by), address });
    if (figure) figures.push(figure);
  }

  const { rates, apprentices } = answers;
  if (rates?.kind === 'refused') refused.push({ title: 'Rates of moving on', refusal: rates.refusal });
  else if (rates?.rows.length)
    figures.push(...rateFigures(view, rates, { by, head: labelOf(keys.by, by), about, address }));
  if (apprentices?.kind === 'refused') refused.push({ title: 'Apprenticeships', refusal: apprentices.refusal });
  else if (apprentices?.rows.length) figures.push(...apprenticeFigures(view, apprentices, address));

  return {
    figures,
    refused,
    notes: [
      ...(view.population.caveat ? [view.population.caveat] : []),
      ...(extracts
        ? []
        : [
            'Where people move needs person-level extracts; official figures count people in post, joiners and leavers.',
          ]),
    ],
  };
}

function rateFigures(
  view: View,
  answer: Answer,
  plan: { by: string; head: string; about: string; address: string },
): Figure[] {
  const down: Axis = plan.by === 'nation' ? 'area' : (plan.by.toUpperCase() as Dimension);
  const when = answer.rows.at(-1)?.period.label ?? '';
  return answer.question.measures.map((measure) =>
    figureOf(view, answer, {
      id: measure.id.replaceAll('_', '-'),
      kind: 'bar',
      measure,
      down,
      rowHead: plan.head,
      subtitle: `${measure.title} by ${plan.head.toLowerCase()}, percent, ${plan.about}, ${when}`,
      address: plan.address,
    }),
  );
}

function apprenticeFigures(view: View, answer: Answer, address: string): Figure[] {
  const several = new Set(answer.rows.map((row) => row.area.code)).size > 1;
  return answer.question.measures.map((measure) => {
    const trend = figureOf(view, answer, {
      id: measure.id.replaceAll('_', '-'),
      kind: 'line',
      measure,
      down: 'period',
      across: 'area',
      rowHead: 'Year',
      subtitle: `${measure.title} by nation, ${unitWords[unitOf(measure)]}, years to March`,
      address,
    });
    // Four nations of very different size on one scale would show England alone.
    return { ...trend, kind: several && trend.unit === 'people' ? ('multiples' as const) : ('line' as const) };
  });
}
