import { rowsOf } from '@ahp/sql/open';
import { averaging } from '../src/auditor/attacks/averaging.ts';
import { differencing } from '../src/auditor/attacks/differencing.ts';
import { attributeDisclosure } from '../src/auditor/attacks/attribute-disclosure.ts';
import { homogeneousGroups } from '../src/auditor/attacks/homogeneous-groups.ts';
import { jointReconstruction } from '../src/auditor/attacks/joint-reconstruction.ts';
import { mostProbable } from '../src/auditor/attacks/most-probable.ts';
import { noise } from '../src/auditor/attacks/noise.ts';
import { oneMover } from '../src/auditor/attacks/one-mover.ts';
import { ptableFacts } from '../src/auditor/attacks/ptable-facts.ts';
import { totalMinusParts } from '../src/auditor/attacks/total-minus-parts.ts';
import { unionAveraging } from '../src/auditor/attacks/union-averaging.ts';
import type { Outcome } from '../src/auditor/attack.ts';
import type { Context } from '../src/auditor/context.ts';
import type { Surface } from '../src/auditor/surface.ts';
import { audienceOf, publishedTo, type Audience } from '../src/disclosure/audiences.ts';
import { createProtection } from '../src/disclosure/protect.ts';
import type { Built } from '../src/steps/audit.ts';

/** The attacks on protections that are each weakened in one way; every one of them has to succeed. */
export async function attackWeakened(built: Built): Promise<Record<string, Outcome>> {
  const strong: Audience = audienceOf('public');
  const context = (audience: Audience, surface: Surface | null = null): Context => ({
    workshop: built.workshop,
    folder: built.folder,
    ownFolder: built.ownFolder,
    noisy: [audience],
    secret: built.secret,
    surface,
    before: null,
    effort: 'brief',
  });
  const outcomes: Record<string, Outcome> = {};

  await publishWith(built, strong, 'cell');
  await keepKeys(built);
  outcomes['one mover, keys kept'] = await oneMover.run(context(strong));
  outcomes['noise audit, keys kept'] = await noise.run(context(strong));
  await built.workshop.run('drop table temp.record_key');
  outcomes['union averaging, unions perturbed'] = await unionAveraging.run(context(strong, perturbedUnions(built)));
  outcomes['differencing, V 1'] = await differencing.run(context({ ...strong, drawnFrom: null, v: 1, js: 0 }));

  // Without js no row of V 6.25 is unbiased near 0: a table that publishes small counts has less noise too.
  const js0 = { ...strong, drawnFrom: null, js: 0, v: 1 };
  await publishWith(built, js0, 'cell');
  outcomes['p-table facts, js 0'] = await ptableFacts.run(context(js0));
  outcomes['attribute disclosure, js 0'] = await attributeDisclosure.run(context(js0));

  await publishWith(built, strong, 'cell');
  outcomes['homogeneous groups, nothing withheld'] = await homogeneousGroups.run(context(strong));
  const direct: Audience = { ...strong, drawnFrom: null };
  await built.workshop.run(`attach '${built.folder}/trusted.duckdb' as release_trusted (read_only)`);
  await publishWith(built, direct, 'cell');
  outcomes['most probable, two draws from the truth'] = await mostProbable.run({
    ...context(direct),
    noisy: [direct, audienceOf('trusted')],
  });
  await built.workshop.run('detach release_trusted');
  await publishWith(built, strong, 'own keys');
  outcomes['noise audit, own keys for each tally'] = await noise.run(context(strong));
  await publishWith(built, strong, 'own keys by quarter');
  outcomes['averaging, own keys and detail by quarter'] = await averaging.run(context(strong));

  await publishWith(built, strong, 'exact');
  outcomes['joint reconstruction, exact'] = await jointReconstruction.run(context(strong));
  outcomes['total minus parts, exact'] = await totalMinusParts.run(context(strong));
  await built.workshop.run('detach release_public');
  return outcomes;
}

/**
 * Attaches a release of yearly cells that was protected in another way, as `release_public`: counts left exact, each tally with keys of
 * its own, and that with organisations in detail by quarter.
 */
async function publishWith(
  { workshop, folder }: Built,
  audience: Audience,
  how: 'cell' | 'exact' | 'own keys' | 'own keys by quarter',
): Promise<void> {
  await workshop.run('detach database if exists release_public');
  await workshop.run(`attach ':memory:' as release_public`);
  await workshop.run(`attach '${folder}/public.duckdb' as made (read_only)`);
  for (const table of ['policy', 'dimension', 'area', 'period', 'category'])
    await workshop.run(
      `create table release_public.${table} as select ${table === 'policy' ? 'grain::varchar as grain, level::varchar as level, "set"::varchar as "set", tally::varchar as tally' : '*'} from made.${table}`,
    );
  await workshop.run(
    `create table release_public.withheld as select columns(*)::varchar from made.withheld limit 0; alter table release_public.withheld alter period_end type date`,
  );
  await workshop.run('detach made');
  const protection = await createProtection(workshop, audience);
  const key = (name: string) => (how.startsWith('own keys') ? `((${name} + hash(tally)) % 4294967296)::ubigint` : name);
  const cell = {
    count: 'n',
    countKey: key(audience.drawnFrom === null ? 'public_key' : 'trusted_key'),
    chainKey: key('public_key'),
    sum: 'w',
    largest: 'w_largest',
    sumKey: 'trusted_weight_key',
  };
  const value = how === 'exact' ? 'n' : protection.count(cell);
  await workshop.run(
    `create table release_public.cell as
     select "set"::varchar as "set", grain::varchar as grain, level::varchar as level, area::varchar as area, period_end, a::varchar as a, b::varchar as b, c::varchar as c,
       tally::varchar as tally, (${value})::integer as value
     from (from grouped where grain = '${how === 'own keys by quarter' ? 'quarter' : 'year'}' and tally in ('headcount', 'headcount_core', 'headcount_broad', 'leavers_organisation')) as exact ${protection.joins(cell)}`,
  );
  if (how === 'own keys by quarter')
    await workshop.run(
      `insert into release_public.policy
       select 'quarter', 'organisation', "set", tally from (values ('profession'), ('band')) as detail("set"), (values ('headcount'), ('headcount_core'), ('headcount_broad')) as name(tally)`,
    );
}

/** Every person has the keys of the first period for ever. */
async function keepKeys({ workshop }: Built): Promise<void> {
  await workshop.run(
    `create temp table record_key as
     select * replace (${['public_key', 'trusted_key'].map((key) => `first_value(${key}) over (partition by person, split_part(key_period, '|', -1) order by key_period) as ${key}`).join(', ')})
     from main.record_key`,
  );
}

/** An api that perturbs a union as a set of its own, instead of adding published cells. */
function perturbedUnions({ workshop }: Built): Surface {
  const published = publishedTo(audienceOf('public'));
  const answer = async (field: string): Promise<number> => {
    const [, organisation] = /organisation: \["([^"]+)"\]/.exec(field)!;
    const [, list] = /profession: \[([^\]]+)\]/.exec(field)!;
    const codes = list!.split(', ').map((code) => `'${code.toLowerCase()}'`);
    const [row] = await rowsOf<{ n: number; trusted: number; public: number }>(
      workshop,
      `select coalesce(sum(n), 0)::integer as n, coalesce(sum(trusted_key) % 4294967296, 0)::double as trusted, coalesce(sum(public_key) % 4294967296, 0)::double as public from grouped
       where "set" = 'profession' and grain = 'year' and level = 'organisation' and tally = 'headcount' and area = '${organisation}' and a::varchar in (${codes.join(', ')})
         and period_end = (select max(period_end) from grouped where grain = 'year' and tally = 'headcount')`,
    );
    return published(row!.n, row!);
  };
  return {
    ask: async (document) => {
      const fields = document.split(/(?=u\d+: staff)/).slice(1);
      const data: Record<string, unknown> = {};
      for (const [k, field] of fields.entries())
        data[`u${k}`] = { rows: [{ headcount: { value: await answer(field) } }] };
      return { status: 200, text: JSON.stringify({ data }), milliseconds: 0 };
    },
    send: () => Promise.reject(new Error('only questions are answered here')),
    headers: () => ({}),
    leftBehind: () => ({}),
    close: async () => {},
  };
}
