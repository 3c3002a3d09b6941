import type { DuckDBConnection } from '@duckdb/node-api';
import { rowsOf } from '@ahp/sql/open';
import { eventDimensions, personDimensions, setName } from '../../../sql/lattice/dimensions.ts';
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
const dimensionColumns = [...personDimensions, ...eventDimensions].map(({ id }) => id);
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
  const sets = counted.flatMap((family) =>
    family.sets.filter((set) => someAudience(family, set).length > 0).map((set) => ({ family, set })),
  );
  const total = sets.length + eventFiles.length + 2;
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
  for (const { family, set } of sets) {
    step(`${family.id}: ${setName(set) || 'no dimension'}`);
    await connection.run(groupStatement(family, [...set].sort(), someAudience(family, set)));
  }
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

function groupStatement(family: TallyFamily, set: readonly string[], where: { grain: Grain; level: Level }[]): string {
  const category = (index: number) => (set[index] ? `${set[index]}` : 'null::category_t');
  const grains = [...new Set(where.map(({ grain }) => grain))];
  const sums = ['public_key', 'trusted_key', 'trusted_weight_key'];
  const unset = dimensionColumns.filter((id) => set.includes(id)).map((id) => `${id} is not null`);
  const leaf = `select grain, period_end, tally, organisation, ${category(0)} as a, ${category(1)} as b, ${category(2)} as c,
      count(*) as n, sum(weight) as w, max(weight) as w_largest, ${sums.map((key) => `sum(${key}) as ${key}`).join(', ')}
    from event_${family.id} where grain in (${grains.map((grain) => `'${grain}'`).join(', ')})${unset.map((condition) => ` and ${condition}`).join('')}
    group by all`;
  const at = (level: Level, area: string) => {
    const allowedGrains = where.filter((place) => place.level === level).map(({ grain }) => `'${grain}'`);
    if (allowedGrains.length === 0) return null;
    return `select '${setName(set)}'::set_t, grain, '${level}'::level_t, place.${area} as area, period_end, a, b, c, tally,
        sum(n), sum(w), max(w_largest), ${sums.map((key) => `(sum(${key}) % 4294967296)::ubigint`).join(', ')}
      from leaf join place on place.organisation = leaf.organisation
      where grain in (${allowedGrains.join(', ')}) and place.${area} is not null group by all`;
  };
  const parts = levels.map((level) => at(level, level)).filter((part) => part !== null);
  return `insert into grouped with leaf as materialized (${leaf}) ${parts.join(' union all ')}`;
}
