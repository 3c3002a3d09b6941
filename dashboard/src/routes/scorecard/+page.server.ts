import { provenance } from '#lib/server/provenance.ts';
import { scorecardLines } from '#lib/server/statistics/scorecard.ts';
import { measureCaveats } from '#lib/server/warning.ts';
import { openScorecard } from './open.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url }) => {
  const { all, keys, state, organisation, answer } = await openScorecard(url);
  const shared = {
    keys,
    values: state.values,
    ignored: state.ignored,
    organisation,
    defined: all.measures.map(({ id }) => id),
    provenance: provenance(all, 'EXTRACTS', all.audience.statement),
    csv: `/scorecard/scorecard.csv${url.search}`,
  };
  if (answer.__typename !== 'Scorecard') return { ...shared, refusal: answer, card: null };
  const { area, period, covered, measures, statement, warnings } = answer;
  return {
    ...shared,
    refusal: null,
    card: {
      place: area.label,
      period: period.label,
      covered,
      measures,
      statement,
      caveats: measureCaveats(warnings),
      asks: scorecardLines(answer),
    },
  };
};
