import { argumentsOf } from '@ahp/sql/arguments';
import type { Measure } from '@ahp/sql/measure';
import { measures } from '@ahp/sql/registry';
import type { PeriodRecord } from '../release/catalogue.ts';
import type { Context } from '../query/context.ts';
import type { OpenRelease } from '../release/open-release.ts';
import { geographies } from '../release/dimension.ts';
import type { Figure } from '../query/figure.ts';
import { Problems } from '../query/problems.ts';
import type { Where } from '../query/question.ts';
import { planCells, spend } from './cells-plan.ts';
import { addUp, readCounts } from './counts.ts';
import { statistic } from './statistic.ts';

/** A figure of an official publication, of its own latest year. */
export interface OfficialFigure {
  measure: Measure;
  period: PeriodRecord;
  figure: Figure;
}

/**
 * Measures that only official publications can tell, one category of a dimension each (survey scores by theme), over the organisations
 * of a place: means of organisations where there are several. None where the release has no such publication.
 */
export async function officialFigures(
  open: OpenRelease,
  asked: Where | null | undefined,
  context: Context,
): Promise<OfficialFigure[]> {
  const { organisations } = context.askerOf(open);
  const where = organisations.length > 0 ? { organisation: organisations, ...asked } : asked;
  const { catalogue } = open;
  const found: OfficialFigure[] = [];
  for (const { feed, policy, periods, reported } of catalogue.holdingsOf('published')) {
    const wanted = measures.filter(({ within }) =>
      policy.some(
        ({ grain, level, dimensions }) =>
          grain === 'year' && level === 'organisation' && within && dimensions.join() === within.dimension,
      ),
    );
    const latest = periods.findLast(({ grain, complete }) => grain === 'year' && complete);
    if (wanted.length === 0 || !latest) continue;
    const organisation = catalogue
      .areasAt('organisation')
      .filter((area) =>
        geographies.every((level) => !where?.[level] || where[level].includes(area.within(level)?.code ?? '')),
      )
      .map(({ code }) => code)
      .filter((code) => reported.has(`year|${latest.end}|${code}`));
    if (organisation.length === 0) continue;
    const dimension = wanted[0]!.within!.dimension;
    const made = planCells(
      'scorecard',
      {
        source: 'published',
        feed,
        where: { organisation },
        by: ['organisation', dimension],
        period: { at: { end: latest.end, grain: 'year' } },
      },
      open,
      context,
    );
    if (made instanceof Problems) continue;
    spend(context, made);
    const sums = Object.fromEntries(
      wanted.flatMap((measure) => {
        const formula = measure.formula(argumentsOf(measure), 'published');
        return formula.kind === 'ratio'
          ? [
              [`${measure.id}|top`, formula.numerator],
              [`${measure.id}|bottom`, formula.denominator],
            ]
          : [];
      }),
    );
    const { count } = await readCounts(open, made, sums);
    for (const measure of wanted) {
      if (!sums[`${measure.id}|top`]) continue;
      const members = made.groups.flatMap(({ categories }, g) =>
        categories[dimension]!.code === measure.within!.category ? [g] : [],
      );
      const total = (part: string) =>
        addUp(
          members.map((g) => count(`${measure.id}|${part}`, g, 0)),
          true,
        ).value;
      const [top, bottom] = [total('top'), total('bottom')];
      const value = top !== null && bottom ? (top / bottom) * (measure.scale ?? 1) : null;
      const figure = statistic(measure, { value, denominator: bottom, numerator: top, status: 'NOT_AVAILABLE' });
      found.push({ measure, period: latest, figure });
    }
  }
  return found;
}
