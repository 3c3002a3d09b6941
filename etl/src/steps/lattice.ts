import type { DuckDBConnection } from '@duckdb/node-api';
import { rowsOf } from '@ahp/sql/open';
import { setName } from '../../../sql/lattice/dimensions.ts';
import {
  allowed,
  families,
  type AudienceId,
  type Grain,
  type Level,
  type TallyFamily,
} from '../../../sql/lattice/policy.ts';
import type { Secret } from '../disclosure/secret.ts';
import { drawRecordKeys, keyName } from './record-keys.ts';
import { runSqlFile } from './sql-file.ts';

const audiences: readonly AudienceId[] = ['public', 'trusted', 'own'];
const levels: readonly Level[] = ['uk', 'nation', 'region', 'system', 'organisation'];
/** Families with tallies of their own; the others only say where sums are published. */
const counted = families.filter(({ tallies }) => tallies.length > 0);
const eventFiles = [
  'stock',
  'flow',
  'followed',
  'leaving',
  'transition',
  'reason',
  'training',
  'framework',
  'apprenticeship',
  'retention',
  'first_step',
  'band_history',
  'establishment',
];

/**
 * Counts every cell that some audience may have, exactly, into `grouped`: one row per set, grain, level, area, period, categories and tally,
 * with the count n, the weight sum w, the largest weight and the key sums per audience. This table never leaves the workshop.
 */
export async function fillLattice(
  connection: DuckDBConnection,
  secret: Secret,
  onStep: (done: number, total: number, what: string) => void,
): Promise<{ events: number; grouped: number }> {
  const total = counted.flatMap((family) => placesOf(family).sets).length + counted.length + eventFiles.length + 2;
  let done = 0;
  const step = (what: string) => onStep((done += 1), total, what);

  await runSqlFile(connection, 'lattice/event.sql');
  for (const name of eventFiles) {
    step(`events: ${name}`);
    await runSqlFile(connection, `lattice/events/${name}.sql`);
  }
  step('record keys');
  await drawRecordKeys(connection, secret);
  step('keyed events');
  await keyEvents(connection);
  await connection.run(
    `create or replace table place as
     select code::area_t as organisation, system::area_t as system, region::area_t as region, nation::area_t as nation, 'uk'::area_t as uk from organisation`,
  );
  for (const family of counted) await countFamily(connection, family, step);
  const [counts] = await rowsOf<{ events: number; grouped: number }>(
    connection,
    `select (select count(*)::integer from event) as events, (select count(*)::integer from grouped) as grouped`,
  );
  return counts!;
}

/** Creates the table of exact cells, empty: a release of official figures alone has none. */
export async function createGrouped(connection: DuckDBConnection): Promise<void> {
  await connection.run(
    `create or replace table grouped (
       "set" set_t, grain grain_t, level level_t, area area_t, period_end date, a category_t, b category_t, c category_t, tally tally_t,
       n bigint, w bigint, w_largest bigint, public_key ubigint, trusted_key ubigint, trusted_weight_key ubigint)`,
  );
}

/** The grains and levels at which at least one audience may have the set. */
function someAudience(family: TallyFamily, set: readonly string[]): { grain: Grain; level: Level }[] {
  return family.grains.flatMap((grain) =>
    levels
      .filter((level) => audiences.some((audience) => allowed(audience, grain, level, set)))
      .map((level) => ({ grain, level })),
  );
}

async function keyEvents(connection: DuckDBConnection): Promise<void> {
  for (const { id } of counted) {
    await connection.run(
      `create or replace table event_${id} as
       select event.* exclude (family, person, key_period),
         public_key, trusted_key, trusted_weight_key
       from event left join record_key on record_key.key_period = ${keyName} and record_key.person = event.person
       where family = '${id}' order by grain, tally, period_end, organisation`,
    );
  }
}

/** Counts the events of a family: for each set the cells of organisations, then from these, of all sets together, those of the places that they lie in. */
async function countFamily(
  connection: DuckDBConnection,
  family: TallyFamily,
  step: (what: string) => void,
): Promise<void> {
  const { sets, allowedAt } = placesOf(family);
  await connection.run('create or replace temp table leaf as from grouped limit 0');
  for (const set of sets) {
    step(`${family.id}: ${setName(set) || 'no dimension'}`);
    await connection.run(leafStatement(family, set));
  }
  step(`${family.id}: systems, regions, nations`);
  for (const level of levels) {
    const allowed = allowedAt.filter((place) => place.level === level);
    if (allowed.length > 0) await connection.run(levelStatement(level, allowed));
  }
  await connection.run('drop table leaf');
}

interface Allowed {
  set: string;
  grain: Grain;
  level: Level;
}

/** The sets of a family that some audience may have, and where. */
function placesOf(family: TallyFamily): { sets: string[][]; allowedAt: Allowed[] } {
  const allowedAt = family.sets.flatMap((set) =>
    someAudience(family, set).map((place) => ({ set: setName(set), ...place })),
  );
  const names = new Set(allowedAt.map(({ set }) => set));
  return { sets: family.sets.filter((set) => names.has(setName(set))).map((set) => [...set].sort()), allowedAt };
}

const keySums = ['public_key', 'trusted_key', 'trusted_weight_key'];

function leafStatement(family: TallyFamily, set: readonly string[]): string {
  const category = (index: number) => set[index] ?? 'null::category_t';
  const known = set.map((id) => ` and ${id} is not null`).join('');
  const grains = [...new Set(someAudience(family, set).map(({ grain }) => `'${grain}'`))];
  return `insert into leaf
    select '${setName(set)}'::set_t, grain, 'organisation'::level_t, organisation, period_end, ${category(0)} as a, ${category(1)} as b, ${category(2)} as c, tally,
      count(*), sum(weight), max(weight), ${keySums.map((key) => `sum(${key}) % 4294967296`).join(', ')}
    from event_${family.id} where grain in (${grains.join(', ')})${known} group by all`;
}

function levelStatement(level: Level, allowed: readonly Allowed[]): string {
  const permitted = allowed.map(({ set, grain }) => `('${set}'::set_t, '${grain}'::grain_t)`).join(', ');
  const from = `from leaf semi join (values ${permitted}) as permitted("set", grain) on permitted."set" = leaf."set" and permitted.grain = leaf.grain`;
  if (level === 'organisation')
    return `insert into grouped select leaf.* ${from} semi join place on place.organisation = leaf.area`;
  return `insert into grouped
    select leaf."set", leaf.grain, '${level}'::level_t, place.${level} as area, period_end, a, b, c, tally,
      sum(n), sum(w), max(w_largest), ${keySums.map((key) => `sum(${key}) % 4294967296`).join(', ')}
    ${from} join place on place.organisation = leaf.area where place.${level} is not null group by all`;
}
