import type { Figure } from '#lib/figure/figure.ts';
import { unitWords } from '#lib/figure/format.ts';
import { byRank, foldRows } from '#lib/figure/ranked.ts';
import { withDisclosure } from '#lib/server/catalogue.ts';
import { figureOf } from '#lib/server/figures.ts';
import type { Definition, Refusal } from '#lib/server/fragments.ts';
import { unitOf } from '#lib/server/provenance.ts';
import { askQuestions, type Answer, type Dimension, type Question, type Refused } from '#lib/server/question.ts';
import { splitBy } from '#lib/server/split.ts';
import type { View } from '#lib/server/view.ts';

function questionsOf(view: View, measure: Definition): Record<string, Question> {
  const { source, population } = view;
  const grain = measure.grains.includes('YEAR') ? ('YEAR' as const) : (measure.grains[0] ?? 'YEAR');
  const shared = { source, where: population.where };
  const split = splitBy(measure);
  const one = (by: Dimension[], count: number): Question => ({
    measures: withDisclosure(view, measure),
    arguments: { ...shared, by, period: { last: { count, grain } } },
  });
  return split ? { split: one([split], 1) } : { nations: one(source === 'EXTRACTS' ? ['NATION'] : [], 5) };
}

/** A measure as it is now, and as it was: by nation over time, or split where it is made of parts; none where the release has no figures. */
export async function measureFigures(
  view: View,
  measure: Definition,
): Promise<{ figures: Figure[]; refused: { title: string; refusal: Refusal }[] }> {
  const answers = (await askQuestions(questionsOf(view, measure))) as Record<string, Answer | Refused>;
  const address = `/measures/${measure.id}`;
  const unit = unitWords[unitOf(measure)];
  const about = view.population.label;
  const figures: Figure[] = [];
  const refused: { title: string; refusal: Refusal }[] = [];
  for (const answer of Object.values(answers)) {
    if (answer.kind === 'refused') {
      refused.push({ title: measure.title, refusal: answer.refusal });
      continue;
    }
    const shownRows = answer.rows.some((row) => row.measures[measure.id]?.value != null);
    if (!shownRows) continue;
    const when = answer.rows.at(-1)?.period.label ?? '';
    const split = splitBy(measure);
    if (split) {
      const label = view.dimensions.find(({ id }) => id === split)?.label ?? 'Group';
      const bars = figureOf(view, answer, {
        id: 'now',
        kind: 'bar',
        measure,
        down: split,
        rowHead: label,
        subtitle: `${measure.title}, ${unit}, ${about}, ${when}`,
        address,
      });
      figures.push(bars.rows.length > 14 ? foldRows(byRank(bars), 14) : bars);
      continue;
    }
    const several = new Set(answer.rows.map((row) => row.area.code)).size > 1;
    const trend = figureOf(view, answer, {
      id: 'trend',
      kind: 'line',
      measure,
      down: 'period',
      across: several ? 'area' : null,
      rowHead: 'Period',
      subtitle: `${measure.title}${several ? ' by nation' : ''}, ${unit}, ${about}`,
      address,
    });
    const sizes = ['people', 'fte', 'roles'].includes(trend.unit);
    figures.push({ ...trend, kind: several && sizes ? 'multiples' : 'line' });
  }
  return { figures, refused };
}
