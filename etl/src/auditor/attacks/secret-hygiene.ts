import { createHash } from 'node:crypto';
import { createReadStream, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { rowsOf } from '@ahp/sql/open';
import { publishedTo, type Audience } from '../../disclosure/audiences.ts';
import { createRecordKeys, dropRecordKeys, streams } from '../../disclosure/record-keys.ts';
import { Secret } from '../../disclosure/secret.ts';
import { onEachAudience, type Attack, type Outcome } from '../attack.ts';
import type { Context } from '../context.ts';
import { secretForms } from '../secret-forms.ts';

/** The secret is nowhere, and nobody with another secret can tell the noise. */
export const secretHygiene: Attack = {
  number: 20,
  id: 'secret_hygiene',
  title: 'The secret is in no file, environment or log, and another secret gives unrelated noise',
  criterion: '0 occurrences in any form; correlation of the noise under two secrets < 0.02',
  fast: true,
  asks: false,
  async run(context) {
    const forms = secretForms(context.secret!);
    const found: string[] = [];
    let bytes = 0;
    for (const name of readdirSync(context.folder)) {
      const path = join(context.folder, name);
      if (!statSync(path).isFile()) continue;
      bytes += statSync(path).size;
      if (await holds(path, forms)) found.push(name);
    }
    for (const [name, text] of Object.entries(context.surface?.leftBehind() ?? {}))
      if (forms.some((form) => text.includes(form))) found.push(name);
    const unrelated = await onEachAudience(context, correlation);
    return {
      figure: `${found.length === 0 ? `absent from ${(bytes / 1e6).toFixed(0)} MB of files${context.surface ? ', the environment and the log of the api' : ''}` : `found in ${found.join(', ')}`}; ${unrelated.figure}`,
      passed: found.length === 0 && unrelated.passed,
    };
  },
};

/** Whether a file holds any of the forms; blocks overlap, so that none is cut in two. */
async function holds(path: string, forms: readonly Buffer[]): Promise<boolean> {
  const overlap = Math.max(...forms.map(({ length }) => length));
  let tail: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 22 })) {
    const block = Buffer.concat([tail, chunk as Buffer]);
    if (forms.some((form) => block.includes(form))) return true;
    tail = block.subarray(-overlap);
  }
  return false;
}

async function correlation({ workshop }: Context, audience: Audience): Promise<Outcome> {
  const other = new Secret(createHash('sha256').update('another secret').digest());
  const pairs = ['profession', 'band', 'stage', 'sex', 'age_band', 'tenure_band'].flatMap((a, k, all) =>
    all.slice(k + 1).map((b) => `(organisation, ${a}, ${b})`),
  );
  await createRecordKeys(workshop, other);
  try {
    const cells = await rowsOf<Record<'n' | 'trusted_key' | 'public_key' | 'other_trusted' | 'other_public', number>>(
      workshop,
      `with latest as (select max(period_end) as period_end from event where family = 'stock' and grain = 'year'),
         stock as materialized (
           select event.*, trusted_key, public_key, record_key(record_digest('trusted', event.key_period || '|headcount', person.person_id), ${streams.people}) as other_trusted,
             record_key(record_digest('public', event.key_period || '|headcount', person.person_id), ${streams.people}) as other_public
           from event join latest using (period_end) join person using (person)
           join record_key as drawn on drawn.person = event.person and drawn.key_period = event.key_period || '|headcount'
           where family = 'stock' and grain = 'year' and tally = 'headcount'),
         counted as (
           select count(*)::integer as n, ${['trusted_key', 'public_key', 'other_trusted', 'other_public'].map((key) => `(sum(${key}) % 4294967296)::double as ${key}`).join(', ')}
           from stock group by grouping sets (${pairs.join(', ')}))
       select n, trusted_key, public_key, any_value(other_trusted) as other_trusted, any_value(other_public) as other_public from counted group by n, trusted_key, public_key`,
    );
    const published = publishedTo(audience);
    const changes = cells.map(
      ({ n, trusted_key, public_key, other_trusted, other_public }) =>
        [
          published(n, { trusted: trusted_key, public: public_key }) - n,
          published(n, { trusted: other_trusted, public: other_public }) - n,
        ] as const,
    );
    const r = correlationOf(changes);
    // Where there are too few cells to tell 0.02 from nothing, 4.5 standard errors are allowed: chance alone reaches them once in 150,000 builds.
    const limit = Math.max(0.02, 4.5 / Math.sqrt(Math.max(1, changes.length)));
    return {
      figure: `correlation ${r.toFixed(4)} over ${changes.length.toLocaleString('en-GB')} sets of people`,
      passed: Math.abs(r) < limit,
    };
  } finally {
    await dropRecordKeys(workshop);
  }
}

/** Pearson’s correlation; 0 when there is nothing to correlate. */
function correlationOf(pairs: readonly (readonly [number, number])[]): number {
  const mean = (of: (pair: readonly [number, number]) => number) =>
    pairs.reduce((sum, pair) => sum + of(pair), 0) / pairs.length;
  const [a, b] = [mean(([x]) => x), mean(([, y]) => y)];
  const covariance = mean(([x, y]) => (x - a) * (y - b));
  const spread = Math.sqrt(mean(([x]) => (x - a) ** 2) * mean(([, y]) => (y - b) ** 2));
  return spread > 0 ? covariance / spread : 0;
}
