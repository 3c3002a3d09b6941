import { sql } from 'kysely';
import type { OpenRelease } from '../release/open-release.ts';
import type { Count } from './counts.ts';
import { callMacros } from './macro-call.ts';

/** Events among people, each a published sum. */
export interface Share {
  events: Count;
  people: Count;
}

/** One group against the reference group. */
export interface Contrast {
  rate: number | null;
  rate_lower: number | null;
  rate_upper: number | null;
  ratio: number | null;
  ratio_lower: number | null;
  ratio_upper: number | null;
  gap: number | null;
  gap_lower: number | null;
  gap_upper: number | null;
  band: 'below' | 'within' | 'above' | null;
  flagged: boolean | null;
}

/**
 * Sets the rates of groups against that of the reference by the macros of the release. The ratio is of the worse outcome’s likelihoods:
 * above 1 the group is worse off, whether the outcome is good (`worse` is lower) or bad. Sums of several cells count with the variance
 * of the noisiest of the four.
 */
export async function contrasts(
  open: OpenRelease,
  groups: readonly Share[],
  reference: Share,
  worse: 'higher' | 'lower',
): Promise<Contrast[]> {
  const column = (of: (group: Share) => number) => groups.map(of);
  const fixed = (value: number) => groups.map(() => value);
  const most = (group: Share) =>
    Math.max(group.events.variance, group.people.variance, reference.events.variance, reference.people.variance);
  const given = {
    i: groups.map((_, i) => i),
    x: column(({ events }) => events.value ?? 0),
    n: column(({ people }) => people.value ?? 0),
    vx: column(({ events }) => events.variance),
    vn: column(({ people }) => people.variance),
    x0: fixed(reference.events.value ?? 0),
    n0: fixed(reference.people.value ?? 0),
    v: column(most),
  };
  const [a, n, b, m] = worse === 'higher' ? ['x', 'n', 'x0', 'n0'] : ['x0', 'n0', 'x', 'n'];
  const four = sql.raw(`least(${a}, ${n}), ${n}, least(${b}, ${m}), ${m}`);
  return callMacros<Contrast>(
    open,
    given,
    sql`, made as (select *, relative_likelihood(${four}) as ratio, noisy_relative_likelihood_lower(${four}, v) as ratio_lower,
        noisy_relative_likelihood_upper(${four}, v) as ratio_upper, proportion_within(x, n) - proportion_within(x0, n0) as gap,
        noisy_difference_lower(x, n, x0, n0, v) as gap_lower, noisy_difference_upper(x, n, x0, n0, v) as gap_upper,
        proportion_within(x, n) as rate, noisy_score_lower(x, n, vx, vn) as rate_lower, noisy_score_upper(x, n, vx, vn) as rate_upper
      from given)
      select *, four_fifths_band(ratio) as band, four_fifths_flag(ratio, ratio_lower, ratio_upper) as flagged from made order by i`,
  );
}
