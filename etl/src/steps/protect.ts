import type { DuckDBConnection } from '@duckdb/node-api';
import { rowsOf } from '@ahp/sql/open';
import { families, followedWeights } from '../../../sql/lattice/policy.ts';
import { audiences, type Audience } from '../disclosure/audiences.ts';
import { fteUnit, hoursUnit, monthsUnit, type MagnitudeUnit } from '../disclosure/magnitude.ts';
import { createProtection, inWrittenOrder, type CellExpressions, type Protection } from '../disclosure/protect.ts';

const units: Record<string, MagnitudeUnit> = {
  cpd_hours: hoursUnit,
  exposure_months: monthsUnit,
  unstepped_months: monthsUnit,
};

/**
 * Turns the exact cells of `grouped` into `protected_<audience>`, each audience with its own keys and p-table and only the cells
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
    if (!hasExtracts) continue;
    const protection = await createProtection(connection, audience);
    await inWrittenOrder(connection, async () => {
      await publishCounts(connection, audience, protection);
      await publishWeights(connection, audience, protection);
    });
    await publishEnds(connection, audience);
    await publishPlain(connection, audience);
    const [{ n } = { n: 0 }] = await rowsOf<{ n: number }>(
      connection,
      `select count(*)::integer as n from protected_${audience.id}`,
    );
    cells[audience.id] = n;
  }
  return cells;
}

const key = (audience: Audience, name: string) => (audience.v === 0 ? 'null' : `exact.${audience.id}_${name}`);

function expressions(audience: Audience): CellExpressions {
  return {
    count: 'exact.n',
    countKey: key(audience, 'key'),
    sum: 'exact.w',
    largest: 'exact.w_largest',
    sumKey: key(audience, 'weight_key'),
  };
}

/** The exact cells of a tally that the audience’s policy has for `published`. */
const allowedCells = (audience: Audience, published: string) =>
  `from grouped as exact
   semi join (select grain, level, "set", tally from policy_row where audience = '${audience.id}') as permitted
     on permitted.grain = exact.grain and permitted.level = exact.level and permitted."set" = exact."set" and permitted.tally = ${published}`;

async function publishCounts(connection: DuckDBConnection, audience: Audience, protection: Protection): Promise<void> {
  const cell = expressions(audience);
  await connection.run(
    `insert into protected_${audience.id}
     select exact."set", exact.grain, exact.level, exact.area, exact.period_end, exact.a, exact.b, exact.c, exact.tally, (${protection.count(cell)})::integer as value
     ${allowedCells(audience, 'exact.tally')} ${protection.joins(cell)}
     where value is null or value > 0`,
  );
}

async function publishWeights(connection: DuckDBConnection, audience: Audience, protection: Protection): Promise<void> {
  const cell = expressions(audience);
  for (const weights of [...families.map(({ weights }) => weights), followedWeights]) {
    for (const [tally, weight] of Object.entries(weights ?? {})) {
      await connection.run(
        `insert into protected_${audience.id}
         select exact."set", exact.grain, exact.level, exact.area, exact.period_end, exact.a, exact.b, exact.c, '${weight}', (${protection.sum(cell, units[weight] ?? fteUnit)})::integer as value
         ${allowedCells(audience, `'${weight}'`)} ${protection.joins(cell)}
         where exact.tally = '${tally}' and exact.w is not null and (value is null or value > 0)`,
      );
    }
  }
}

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
  }
}
