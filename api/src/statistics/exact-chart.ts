import type { Measure } from '@ahp/sql/measure';
import { exactLimits } from '@ahp/sql/statistics/published-counts';
import type { Figure } from '../query/figure.ts';
import { perOf } from './charted-measure.ts';
import { eventsOf, type Events } from './chart-kind.ts';
import { points, variationOf, type MarkedPoint, type SpcRule } from './xmr.ts';

/** A point outside its limits is by chance two times in a thousand. */
const alpha = 0.002;

/**
 * A chart with exact limits: what chance and the protection of counts leave of the mean of a stretch at the size of each point. No rule of
 * runs: they find one chart in four wanting where nothing happens. `figures` are null where a point is missing.
 */
export function exactSeries(
  measure: Measure,
  events: Events,
  figures: readonly (Figure | null)[],
  phases: readonly number[],
): MarkedPoint[] {
  const shown = figures.flatMap((figure, t) => (figure?.value == null ? [] : [{ figure, t, phase: phases[t]! }]));
  return [...Map.groupBy(shown, ({ phase }) => phase).values()].flatMap((stretch) => {
    const size = ({ denominator }: Figure) => denominator ?? 1;
    const total = (of: (figure: Figure) => number) => stretch.reduce((sum, { figure }) => sum + of(figure), 0);
    const [all, exposure] = [total((figure) => eventsOf(figure, events)), total(size)];
    const bySize = new Map<string, ReturnType<typeof exactLimits>>();
    return stretch.map(({ figure, t, phase }): MarkedPoint => {
      const mean = (all * size(figure)) / exposure;
      const cells = events.counts * (figure.noise?.cells ?? 1);
      const given = { mean, points: exposure / size(figure), cells, v: events.v / events.counts };
      const key = `${size(figure)}|${cells}`;
      const found = stretch.length > 1 && size(figure) > 0 ? (bySize.get(key) ?? exactLimits(given, alpha)) : null;
      if (found) bySize.set(key, found);
      const observed = eventsOf(figure, events);
      const told = found !== null && stretch.length >= points.verdict;
      const rule: SpcRule | null = !told
        ? null
        : observed > found.upper
          ? 'ABOVE_LIMIT'
          : observed < found.lower
            ? 'BELOW_LIMIT'
            : null;
      const inUnit = (count: number) => (count * perOf(measure)) / size(figure);
      return {
        series: 0,
        t,
        phase,
        y: figure.value!,
        limits: found && {
          mean: inUnit(mean),
          lower: inUnit(found.lower),
          upper: inUnit(found.upper),
          nearLower: null,
          nearUpper: null,
        },
        sigma: 0,
        trial: stretch.length < points.settled,
        rule,
        variation: told ? variationOf(rule, measure.direction) : null,
      };
    });
  });
}
