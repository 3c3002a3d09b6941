import type { Figure } from '#lib/figure/figure.ts';
import { foldSeries, toShares } from '#lib/figure/shares.ts';
import { findMeasure } from '#lib/server/catalogue.ts';
import { figureOf } from '#lib/server/figures.ts';
import { population, whereOf } from '#lib/server/filters.ts';
import type { Content } from '#lib/server/page.ts';
import { type Answer, askQuestions, type Dimension, type Question, type Refused } from '#lib/server/question.ts';
import {
  type Characteristic,
  fairness,
  type Fairness,
  gapFigure,
  likelihoodFigure,
  type Outcome,
  rateFigure,
} from '#lib/server/statistics/fairness.ts';
import { ladderFigure } from '#lib/server/statistics/ladder.ts';
import type { View } from '#lib/server/view.ts';
import { type Keys, labelOf, type State, writeState } from '#lib/state/url-state.ts';

export interface EquityContent extends Content {
  /** One sentence per group, the clear differences first; how many are known; how evenly bands are shared. */
  plain: {
    groups: { text: string; verdict: Fairness['rows'][number]['verdict'] }[];
    known: string;
    spread: string;
  } | null;
}

function plainWords(answer: Fairness): EquityContent['plain'] {
  const rank = (row: Fairness['rows'][number]): number => (row.flagged ? 0 : 1);
  const told = answer.rows
    .filter((row) => !row.isReference && !row.isUnknown)
    .sort((one, other) => rank(one) - rank(other));
  return {
    groups: told.map((row) => ({ text: row.statement, verdict: row.verdict })),
    known: `${answer.label} is known for ${answer.disclosure.display} of people. Those not recorded are shown and compared with nobody.`,
    spread: `How unevenly the groups are spread over the bands (0 is evenly, 1 is fully apart): ${answer.dissimilarity.statement}`,
  };
}

/** The outcome compared between groups, the gap in people, who is where on the ladder, for one address. */
export async function equity(view: View, keys: Keys, state: State<Keys>): Promise<EquityContent> {
  const { values } = state;
  const outcome = (values.outcome?.[0] ?? 'band_up_rate').toUpperCase() as Outcome;
  const group = values.group?.[0] ?? 'ethnic_group';
  const dimension = group.toUpperCase() as Characteristic;
  const address = writeState('/equity', keys, values);
  const about = population(keys, values, view.population.label);
  const where = { ...view.population.where, ...whereOf(values) };
  const headcount = findMeasure(view, 'headcount');
  const questions: Record<string, Question> = headcount
    ? {
        bands: {
          measures: [headcount],
          arguments: {
            by: ['BAND', dimension as Dimension],
            where,
            source: view.source,
            period: { last: { count: 1, grain: 'YEAR' } },
          },
        },
      }
    : {};
  const extracts = view.source === 'EXTRACTS';
  const [answers, compared] = await Promise.all([
    askQuestions(questions) as Promise<Record<string, Answer | Refused>>,
    extracts ? fairness({ where: whereOf(values), outcome, characteristic: dimension }) : null,
  ]);
  const figures: Figure[] = [];
  const refused: Content['refused'] = [];
  let plain: EquityContent['plain'] = null;

  if (compared?.__typename === 'QueryRefused') refused.push({ title: 'The comparison', refusal: compared });
  else if (compared) {
    const plan = { about, address };
    plain = plainWords(compared);
    figures.push(
      likelihoodFigure(view, compared, plan),
      rateFigure(view, compared, plan),
      gapFigure(view, compared, plan),
    );
    const ladder = ladderFigure(view, compared, plan);
    if (ladder) figures.push(ladder);
  }
  const { bands } = answers;
  const label = labelOf(keys.group, group);
  if (bands?.kind === 'refused') refused.push({ title: `Bands by ${label.toLowerCase()}`, refusal: bands.refusal });
  else if (headcount && bands?.rows.length) {
    const counts = figureOf(view, bands, {
      id: 'representation',
      kind: 'share',
      measure: headcount,
      down: 'BAND',
      across: dimension as Dimension,
      rowHead: 'Band',
      title: 'Share of headcount',
      subtitle: `Who is in each band, share of headcount by ${label.toLowerCase()}, percent, ${about}, ${bands.rows.at(-1)?.period.label}`,
      address,
      caveats: ['Shares are of all people of the band, with those not recorded as a group of their own.'],
    });
    figures.push({
      ...toShares(foldSeries(counts, 6)),
      headline: `Who is in each band, by ${label.toLowerCase()}`,
      sentence: 'The table has the share and the number of people of every group in every band.',
    });
  }
  return {
    figures,
    refused,
    plain,
    notes: [
      ...(view.population.caveat ? [view.population.caveat] : []),
      ...(extracts ? [] : ['Comparing outcomes between groups needs person-level extracts.']),
    ],
  };
}
