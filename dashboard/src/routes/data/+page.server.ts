import { catalogue } from '#lib/server/catalogue.ts';
import type { Definition } from '#lib/server/fragments.ts';
import { provenance } from '#lib/server/provenance.ts';
import { quality } from '#lib/server/quality.ts';
import { type View, viewOf } from '#lib/server/view.ts';
import { reconciliation } from './reconciliation.ts';
import { sectionsOf } from './sections.ts';
import type { PageServerLoad } from './$types';

/** The long series of every measure that the source can answer, each a file of the trends page, under the ask it serves. */
function files(view: View) {
  const several = new Set(view.periods.map((period) => period.end)).size > 1;
  const byId = new Map(view.measures.map((measure) => [measure.id, measure]));
  return view.asks.flatMap((one) => {
    const found = one.measures.flatMap(({ id }) => {
      const measure = byId.get(id);
      if (!measure || (view.source === 'PUBLISHED' && !published.has(id))) return [];
      const query = new URLSearchParams({ measure: id, last: '10', figure: several ? 'trend' : 'latest' });
      if (yearly(measure)) query.set('grain', 'year');
      return [{ title: measure.title, href: `/trends/figure.csv?${query}` }];
    });
    return found.length ? [{ id: one.id, label: one.label, files: found }] : [];
  });
}

/** Official figures of staff groups answer these alone. */
const published = new Set(['headcount', 'fte', 'leaver_rate', 'joiner_rate', 'stability_index']);

const yearly = (measure: Definition): boolean => measure.grains.length === 1 && measure.grains[0] === 'YEAR';

export const load: PageServerLoad = async () => {
  const [all, balance, state] = await Promise.all([catalogue(), reconciliation(15), quality()]);
  const source =
    balance.__typename === 'ReconciliationTable' ? balance.source : all.release.hasExtracts ? 'EXTRACTS' : 'PUBLISHED';
  return {
    balance,
    sections: sectionsOf(state.entries),
    changes: state.changes,
    feeds: all.feeds,
    files: files(viewOf(all)),
    provenance: provenance(all, source, all.audience.statement),
  };
};
