import type { DuckDBConnection } from '@duckdb/node-api';
import { rowsOf } from '@ahp/sql/open';
import { families, followedWeights } from '../../../sql/lattice/policy.ts';
import { audiences, type Audience } from '../disclosure/audiences.ts';
import { fteUnit, hoursUnit, monthsUnit, type MagnitudeUnit } from '../disclosure/magnitude.ts';
import { partOf } from '../../../sql/lattice/homogeneous.ts';
import { findHomogeneousRows, findNestedParts } from '../disclosure/homogeneous-rows.ts';
import { findOwnPatterns, isPersonal } from '../disclosure/own-characteristics.ts';
import { categoryColumns, inPattern, sameTable } from '../disclosure/pattern.ts';
import { createProtection, inWrittenOrder, type CellExpressions, type Protection } from '../disclosure/protect.ts';

const units: Record<string, MagnitudeUnit> = {
  cpd_hours: hoursUnit,
  exposure_months: monthsUnit,
  unstepped_months: monthsUnit,
};

/**
 * Turns the exact cells (of `drawn`; for an employer itself, of `grouped`) into `protected_<audience>`, each audience with its own keys and p-table and only the cells
 * that its policy has. Cells that come out as 0 are not kept: absent means 0. Returns the number of cells per audience.
 */
export async function protect(
  connection: DuckDBConnection,
  hasExtracts: boolean,
  onStep: (audience: string) => void,
): Promise<Record<string, number>> {
  const cells: Record<string, number> = {};
  for (const audience of audiences) {
    onStep(audience.id);
    await connection.run(
      `create or replace table protected_${audience.id} ("set" set_t, grain grain_t, level level_t, area area_t, period_end date, a category_t, b category_t, c category_t, tally tally_t, value integer)`,
    );
    await connection.run(
      `create or replace table withheld_${audience.id} ("set" set_t, grain grain_t, level level_t, area area_t, period_end date, a category_t, b category_t, c category_t, tally tally_t)`,
    );
    if (!hasExtracts) continue;
    const protection = await createProtection(connection, audience);
    await inWrittenOrder(connection, async () => {
      await publishCounts(connection, audience, protection);
      await publishWeights(connection, audience, protection);
    });
    if (audience.v > 0) await withhold(connection, audience, protection);
    else await withholdOwn(connection);
    await publishEnds(connection, audience);
    if (audience.v > 0) await withholdEverybody(connection, audience);
    await publishPlain(connection, audience);
    const [{ n } = { n: 0 }] = await rowsOf<{ n: number }>(
      connection,
      `select count(*)::integer as n from protected_${audience.id}`,
    );
    cells[audience.id] = n;
  }
  return cells;
}

/** Both noisy audiences begin with the trusted draw; the public one goes on from it. */
const expressions: CellExpressions = {
  count: 'exact.n',
  countKey: 'exact.trusted_key',
  chainKey: 'exact.public_key',
  sum: 'exact.w',
  largest: 'exact.w_largest',
  sumKey: 'exact.trusted_weight_key',
};

/** The cells that an audience’s are made of. */
const exactOf = (audience: Audience) => (audience.v === 0 ? 'grouped' : 'drawn');
/** SQL: of the exact cells those that the audience’s policy has for the tally `published`. */
const permittedTo = (audience: Audience, published: string) =>
  `semi join (select grain::grain_t as grain, level::level_t as level, "set"::set_t as "set", tally::tally_t as tally from policy_row where audience = '${audience.id}') as permitted
     on permitted.grain = exact.grain and permitted.level = exact.level and permitted."set" = exact."set" and permitted.tally = ${published}`;

/** An employer’s own figures by work are exact, whatever the count. */
const valueOf = (audience: Audience, published: string, exact: string): string =>
  audience.v > 0 ? published : `case when ${isPersonal('exact."set"')} then ${published} else ${exact} end`;

async function publishCounts(connection: DuckDBConnection, audience: Audience, protection: Protection): Promise<void> {
  const cell = expressions;
  await connection.run(
    `insert into protected_${audience.id}
     select exact."set", exact.grain, exact.level, exact.area, exact.period_end, exact.a, exact.b, exact.c, exact.tally, (${valueOf(audience, protection.count(cell), 'exact.n')})::integer as value
     from ${exactOf(audience)} as exact ${permittedTo(audience, 'exact.tally')} ${protection.joins(cell)}
     where value is null or value > 0`,
  );
}

/** All sums in one pass over the cells, each in the unit of its row of `sumOf`. */
async function publishWeights(connection: DuckDBConnection, audience: Audience, protection: Protection): Promise<void> {
  const cell = expressions;
  const published = protection.sum(cell, { step: 'sum_of.step', cap: 'sum_of.cap' });
  await connection.run(
    `insert into protected_${audience.id}
     select exact."set", exact.grain, exact.level, exact.area, exact.period_end, exact.a, exact.b, exact.c, sum_of.weight, (${valueOf(audience, published, 'exact.w')})::integer as value
     from ${exactOf(audience)} as exact join ${sumOf} as sum_of on sum_of.tally = exact.tally
     ${permittedTo(audience, 'sum_of.weight')} ${protection.joins(cell)}
     where exact.w is not null and (value is null or value > 0)`,
  );
}

/**
 * Takes out of the cells what would say of a group that all in it are alike, counts and the sums that go with them, and lists it as
 * `withheld_<audience>`: absent still means 0 everywhere else.
 */
async function withhold(connection: DuckDBConnection, { id }: Audience, protection: Protection): Promise<void> {
  const cells = `protected_${id}`;
  await findHomogeneousRows(connection, id, cells);
  await inWrittenOrder(connection, () =>
    findNestedParts(connection, id, { cells, exact: 'drawn', protection, cell: expressions }),
  );
  await connection.run(
    `insert into withheld_${id} by name
     select row_pattern.* from row_pattern
     union all by name
     select row_pattern.* replace (sum.weight as tally) from row_pattern
     join ${sumOf} as sum on sum.tally = row_pattern.tally
     semi join (select grain, level, "set", tally from policy_row where audience = '${id}') as permitted
       on permitted.grain = row_pattern.grain and permitted.level = row_pattern.level and permitted."set" = row_pattern."set" and permitted.tally = sum.weight;
     delete from ${cells} as cell where exists (select 1 from withheld_${id} as pattern where ${inPattern('cell', 'pattern')})`,
  );
}

/** What an employer’s own tables of one characteristic withhold, counts and sums. */
async function withholdOwn(connection: DuckDBConnection): Promise<void> {
  await findOwnPatterns(connection);
  const permitted = (tally: string) =>
    `semi join (select grain, level, "set", tally from policy_row where audience = 'own') as permitted
       on permitted.grain = own_pattern.grain and permitted.level = own_pattern.level and permitted."set" = own_pattern."set" and permitted.tally = ${tally}`;
  await connection.run(
    `insert into withheld_own by name
     select own_pattern.* from own_pattern ${permitted('own_pattern.tally')}
     union all by name
     select own_pattern.* replace (sum.weight as tally) from own_pattern join ${sumOf} as sum on sum.tally = own_pattern.tally ${permitted('sum.weight')};
     delete from protected_own as cell where exists (
       select 1 from withheld_own as pattern where ${sameTable('cell', 'pattern')} and pattern.a = cell.a and cell.b is null)`,
  );
}

/** As many leavers as there were people say that nobody stayed: part and whole are compared as they are published. */
async function withholdEverybody(connection: DuckDBConnection, { id }: Audience): Promise<void> {
  const parts = Object.entries(partOf).map(([part, whole]) => `('${part}', '${whole}')`);
  const same = `${sameTable('whole', 'part', ['"set"', 'grain', 'level', 'area', 'period_end'])} and ${categoryColumns.map((column) => `whole.${column} is not distinct from part.${column}`).join(' and ')}`;
  await connection.run(
    `create or replace temp table everybody as
     select part.* exclude (value) from protected_${id} as part
     join (select part::tally_t as part, whole::tally_t as whole from (values ${parts.join(', ')}) as name(part, whole)) as pair on pair.part = part.tally
     join protected_${id} as whole on whole.tally = pair.whole and ${same}
     where part.value >= whole.value;
     insert into everybody by name
     select everybody.* replace (sum.weight as tally) from everybody join ${sumOf} as sum on sum.tally = everybody.tally
     semi join (select grain, level, "set", tally from policy_row where audience = '${id}') as permitted
       on permitted.grain = everybody.grain and permitted.level = everybody.level and permitted."set" = everybody."set" and permitted.tally = sum.weight;
     insert into withheld_${id} by name from everybody;
     delete from protected_${id} as cell where exists (select 1 from everybody where ${inPattern('cell', 'everybody')} and ${categoryColumns.map((column) => `everybody.${column} is not distinct from cell.${column}`).join(' and ')})`,
  );
}

const weightsOfTallies = [...families.map(({ weights }) => weights), followedWeights];
const sums = weightsOfTallies.flatMap((weights) => Object.entries(weights ?? {}));
const unitOf = (weight: string): MagnitudeUnit => units[weight] ?? fteUnit;
/** SQL: which sum goes with which count, and its unit. */
const sumOf = `(select tally::tally_t as tally, weight::tally_t as weight, step::bigint as step, cap::bigint as cap from (values ${sums
  .map(([tally, weight]) => `('${tally}', '${weight}', ${unitOf(weight).step}, ${unitOf(weight).cap ?? 'null'})`)
  .join(', ')}) as name(tally, weight, step, cap))`;

/** What counts no people goes into the cells as it is, where the policy has it. */
async function publishPlain(connection: DuckDBConnection, audience: Audience): Promise<void> {
  await connection.run(
    `insert into protected_${audience.id}
     select plain.* from release_plain as plain
     semi join (select grain, level, "set", tally from policy_row where audience = '${audience.id}') as permitted
       on permitted.grain = plain.grain and permitted.level = plain.level and permitted."set" = plain."set" and permitted.tally = plain.tally
     where value <> 0`,
  );
}

/**
 * The start of a period is the published end of the one before, and its end is its headcount: the same figure, never perturbed a second time. Windows
 * through which some employer is not followed have counts of their own.
 */
async function publishEnds(connection: DuckDBConnection, audience: Audience): Promise<void> {
  const follows = families.flatMap((family) => Object.entries(family.follows ?? {}));
  for (const [tally, stock] of follows) {
    const day = tally.endsWith('_start') ? 'opening' : 'closing';
    await connection.run(
      `insert into protected_${audience.id}
       select cell."set", cell.grain, cell.level, area, pair.closing, a, b, c, '${tally}', value
       from protected_${audience.id} as cell
       join pair on pair.grain = cell.grain and pair.${day} = cell.period_end
       semi join (select grain, level, "set" from policy_row where audience = '${audience.id}' and tally = '${tally}') as permitted
         on permitted.grain = cell.grain and permitted.level = cell.level and permitted."set" = cell."set"
       anti join (select grain, closing from unfollowed) as broken on broken.grain = pair.grain and broken.closing = pair.closing
       where tally = '${stock}'`,
    );
    await connection.run(
      `insert into withheld_${audience.id} by name
       select pattern.* replace (pair.closing as period_end, '${tally}' as tally)
       from withheld_${audience.id} as pattern
       join pair on pair.grain = pattern.grain and pair.${day} = pattern.period_end
       semi join (select grain, level, "set" from policy_row where audience = '${audience.id}' and tally = '${tally}') as permitted
         on permitted.grain = pattern.grain and permitted.level = pattern.level and permitted."set" = pattern."set"
       anti join (select grain, closing from unfollowed) as broken on broken.grain = pair.grain and broken.closing = pair.closing
       where tally = '${stock}'`,
    );
  }
}
