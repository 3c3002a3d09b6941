import { findMeasure } from '#lib/server/catalogue.ts';
import { whereOf } from '#lib/server/filters.ts';
import type { Definition } from '#lib/server/fragments.ts';
import type { Question } from '#lib/server/question.ts';
import { firstGrain, perYear, type View } from '#lib/server/view.ts';
import type { Keys, State } from '#lib/state/url-state.ts';

/** A few measures, that fit in one request to the API; a reader may ask for all measures of an ask. */
const main = [
  ...['headcount', 'growth', 'support_per_registered', 'apprentice_share', 'fte_per_head', 'vacancy_rate'],
  ...['leaver_rate', 'joiner_rate', 'stability_index', 'band_up_rate', 'stage_up_rate', 'to_registered_rate'],
  ...['appraisal_rate', 'cpd_participation', 'bme_share'],
];

/** The measures that an address asks for in the table. */
export const chosen = (view: View, ask: string): Definition[] => {
  const ids = ask === 'main' ? main : (view.asks.find(({ id }) => id === ask)?.measures.map(({ id }) => id) ?? []);
  return ids.flatMap((id) => findMeasure(view, id) ?? []);
};

const lastYear = { last: { count: 1, grain: 'YEAR' as const } };

/** What the page asks of the API: the table subject by subject, the measure in the chart, headcounts over time and by band. */
export function questions(view: View, values: State<Keys>['values'], measures: Definition[]): Record<string, Question> {
  const shared = { where: whereOf(values), source: view.source, period: lastYear };
  const nations = ['NATION' as const];
  const bySubject = Map.groupBy(measures, ({ subject }) => subject);
  const headcount = findMeasure(view, 'headcount');
  const drawn = findMeasure(view, values.measure?.[0] ?? '');
  const grain = firstGrain(view);
  return {
    ...Object.fromEntries(
      [...bySubject].map(([subject, some]) => [
        subject,
        { measures: some, arguments: { ...shared, by: nations, totals: true, compare: { uk: true } } },
      ]),
    ),
    ...(drawn ? { rate: { measures: [drawn], arguments: { ...shared, by: nations, totals: true } } } : {}),
    ...(headcount
      ? {
          headcount: {
            measures: [headcount],
            arguments: { ...shared, by: nations, period: { last: { count: 4 * perYear[grain] + 1, grain } } },
          },
          bands: { measures: [headcount], arguments: { ...shared, by: [...nations, 'BAND' as const] } },
        }
      : {}),
  };
}
