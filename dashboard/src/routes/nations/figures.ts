import type { Figure } from '#lib/figure/figure.ts';
import { unitWords } from '#lib/figure/format.ts';
import { foldSeries, toShares } from '#lib/figure/shares.ts';
import { shown } from '#lib/figure/status.ts';
import { lowerFirst } from '#lib/figure/words.ts';
import { figureOf } from '#lib/server/figures.ts';
import type { Definition } from '#lib/server/fragments.ts';
import { toValue } from '#lib/server/pivot.ts';
import { unitOf } from '#lib/server/provenance.ts';
import type { Answer } from '#lib/server/question.ts';
import type { View } from '#lib/server/view.ts';
import { betweenAll, betweenWords } from './comparability.ts';

/** Who the figures are about, and the address of their page. */
export interface Plan {
  about: string;
  address: string;
}

/** The drawn measure of each nation, with the United Kingdom as a line where all may be compared. */
export function rateFigure(view: View, answer: Answer, measure: Definition, plan: Plan): Figure {
  const when = answer.rows.at(-1)?.period.label ?? '';
  const whole = shown(toValue(answer.rows.find(({ isTotal }) => isTotal)?.measures[measure.id]));
  const all = betweenAll(view, measure);
  const figure = figureOf(view, answer, {
    id: 'rate',
    kind: 'bar',
    measure,
    down: 'area',
    rowHead: 'Nation',
    subtitle: `${measure.title} by nation, ${unitWords[unitOf(measure)]}, ${plan.about}, ${when}`,
    references: all && whole !== null ? [{ label: 'United Kingdom', value: whole }] : [],
    address: plan.address,
  });
  return all ? figure : { ...figure, headline: `${measure.title}: compare ${lowerFirst(betweenWords(view, measure))}` };
}

/** Headcounts of the nations over time, each on a scale of its own: they differ in size. */
export const headcountFigure = (view: View, answer: Answer, measure: Definition, plan: Plan) =>
  figureOf(view, answer, {
    id: 'headcount',
    kind: 'multiples',
    measure,
    down: 'period',
    across: 'area',
    rowHead: 'Period',
    subtitle: `Headcount by nation, people, ${plan.about}`,
    address: plan.address,
  });

/** Who is in each band of each nation. */
export function bandsFigure(view: View, answer: Answer, measure: Definition, plan: Plan): Figure {
  const counts = figureOf(view, answer, {
    id: 'bands',
    kind: 'share',
    measure,
    down: 'area',
    across: 'BAND',
    rowHead: 'Nation',
    title: 'Share of headcount',
    subtitle: `Share of headcount by band, percent, ${plan.about}, ${answer.rows.at(-1)?.period.label}`,
    address: plan.address,
    caveats: [],
  });
  return {
    ...toShares(foldSeries(counts, 4)),
    headline: 'Which bands people are in, by nation',
    sentence: 'The table has the share and the number of people of every band in every nation.',
  };
}
