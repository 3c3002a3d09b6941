import { rowsOf } from '@ahp/sql/open';
import { publishedTo, type Audience, type CellKeys } from '../../disclosure/audiences.ts';
import { onEachAudience, percent, tooFew, type Attack, type Outcome } from '../attack.ts';
import type { Context } from '../context.ts';
import { drawsOf } from '../draws.ts';

const pairs = 10_000;
const largest = 400;
/** The least mean error and the greatest share of exact differences, by what an audience must promise (js 4 or js 2). */
const limits: Record<string, { error: number; exact: number }> = {
  public: { error: 2.7, exact: 0.13 },
  trusted: { error: 1.9, exact: 0.18 },
};

/** Two nested filters that differ by one person: what the difference of the two published counts tells. */
export const differencing: Attack = {
  number: 4,
  id: 'differencing',
  title: 'Differencing nested filters that differ by one person',
  criterion:
    'mean error of the difference ≥ 2.7 (public), 1.9 (trusted); exact ≤ 13%, 18%; 10,000 pairs (3 standard errors less where people are few)',
  fast: true,
  asks: false,
  run: (context) => onEachAudience(context, attack),
};

async function attack({ workshop }: Context, audience: Audience): Promise<Outcome> {
  const keys = await rowsOf<CellKeys>(
    workshop,
    `select trusted_key::double as trusted, public_key::double as public from record_key
     where key_period = (select max(key_period) from record_key where key_period like '%|headcount')
     order by hash(person) limit 50000`,
  );
  if (keys.length < 2 * largest) return tooFew('people');
  const published = publishedTo(audience);
  const draw = drawsOf('differencing');
  let error = 0;
  let exact = 0;
  for (let pair = 0; pair < pairs; pair += 1) {
    const size = 1 + Math.floor(draw() * largest);
    const from = Math.floor(draw() * Math.max(1, keys.length - size - 1));
    const people = keys.slice(from, from + size + 1);
    const difference =
      published(people.length, cellKeysOf(people)) - published(people.length - 1, cellKeysOf(people.slice(0, -1)));
    error += Math.abs(difference - 1);
    if (difference === 1) exact += 1;
  }
  const limit = limits[audience.id]!;
  // Pairs drawn from few people overlap: three standard errors of a mean over the people there are.
  const slack = keys.length < 5000 ? 3 / Math.sqrt(keys.length) : 0;
  return {
    figure: `mean error ${(error / pairs).toFixed(2)}, exact ${percent(exact / pairs)}`,
    passed: error / pairs >= limit.error - 1.5 * slack && exact / pairs <= limit.exact + 0.4 * slack,
  };
}

/** The cell keys of these people. */
function cellKeysOf(people: readonly CellKeys[]): CellKeys {
  const sumOf = (id: keyof CellKeys) => people.reduce((sum, keys) => (sum + keys[id]) % 2 ** 32, 0);
  return { trusted: sumOf('trusted'), public: sumOf('public') };
}
