import { logRankTest } from '@ahp/sql/statistics/logrank';
import { sql } from 'kysely';
import type { OpenRelease } from '../release/open-release.ts';
import type { CurveDraft } from './elapsed.ts';
import { followed } from './life-table.ts';
import { callMacros } from './macro-call.ts';
import type { SignificanceTest } from './test-result.ts';

/** Log-rank test that published curves are alike. It does not know of the protection of the counts, and is descriptive. */
export async function compareCurves(
  open: OpenRelease,
  drafts: readonly CurveDraft[],
): Promise<SignificanceTest | null> {
  const rows = drafts.flatMap(({ intervals }, stratum) =>
    intervals.map((interval) => ({ stratum: String(stratum), interval })),
  );
  const found = await callMacros<{ observed: number; expected: number; covariance: number[] }>(
    open,
    {
      stratum: rows.map(({ stratum }) => stratum),
      time: rows.map(({ interval }) => interval.until),
      at_risk: rows.map(({ interval }) => followed(interval)),
      events: rows.map(({ interval }) =>
        Math.min(
          interval.exits.reduce((sum, count) => sum + count, 0),
          followed(interval),
        ),
      ),
    },
    sql`select observed, expected, covariance from logrank('given')`,
  );
  const test = logRankTest(
    found.map(({ observed }) => observed),
    found.map(({ expected }) => expected),
    found.map(({ covariance }) => covariance),
  );
  if (!test) return null;
  const p = test.p < 0.001 ? 'p < 0.001' : `p = ${test.p.toFixed(3)}`;
  return {
    name: 'Log-rank test',
    statistic: test.chiSquare,
    df: test.df,
    pValue: test.p,
    display: `χ² = ${test.chiSquare.toFixed(1)} on ${test.df} degrees of freedom, ${p}`,
    statement: `Descriptive: the curves ${test.p < 0.05 ? 'differ more than chance alone would make them' : 'differ no more than chance alone could make them'} (${p}). The test leaves out the protection of the counts.`,
  };
}
