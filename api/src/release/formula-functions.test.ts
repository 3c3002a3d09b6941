import { argumentsOf } from '@ahp/sql/arguments';
import { figureSql } from '@ahp/sql/figure-sql';
import { createMacros } from '@ahp/sql/macros';
import { openWorkshop } from '@ahp/sql/open';
import { measures } from '@ahp/sql/registry';
import { DuckDBDialect } from '@ahp/sql/dialect';
import type { ReleaseSchema } from '@ahp/sql/schema';
import type { DuckDBConnection } from '@duckdb/node-api';
import fc from 'fast-check';
import { Kysely } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { FormulaFunctions } from './formula-functions.ts';

let connection: DuckDBConnection;
let formulas: FormulaFunctions;
beforeAll(async () => {
  const instance = await openWorkshop(':memory:');
  connection = await instance.connect();
  await createMacros(connection);
  formulas = new FormulaFunctions(new Kysely<ReleaseSchema>({ dialect: new DuckDBDialect({ instance }) }));
});

const columns = ['x', 'n', 'vx', 'vn'];
const names = { x: 'x', n: 'n', vx: 'vx', vn: 'vn' };
const number = (max: number) =>
  fc.oneof(
    fc.constant(null),
    fc.constant(0),
    fc.integer({ min: -20, max }),
    fc.integer({ min: 0, max: max * 1000 }).map((value) => value / 1000),
  );
const cells = fc.sample(
  fc.tuple(number(5000), number(9000), fc.constantFrom(0, 3, 6.25, 812.5, null), fc.constantFrom(0, 3, 6.25, null)),
  {
    seed: 4711,
    numRuns: 400,
  },
);

/** What the engine answers for an expression over rows of our own. */
async function byEngine(expression: string, over: readonly string[], rows: readonly (readonly (number | null)[])[]) {
  const values = rows.map(
    (row) => `(${row.map((value) => (value === null ? 'null::double' : `${value}::double`)).join(', ')})`,
  );
  const result = await connection.runAndReadAll(
    `select (${expression})::double from (values ${values.join(', ')}) as given(${over.join(', ')})`,
  );
  return result.getRows().map(([value]) => value as number | null);
}

async function agree(expression: string, over: readonly string[], rows: readonly (readonly (number | null)[])[]) {
  const [expected, made] = [await byEngine(expression, over, rows), await formulas.of(expression, over)];
  rows.forEach((row, i) => {
    const [value, other] = [made(...row), expected[i]!];
    // NaN is no figure: a function gives null for it.
    const same =
      (Number.isNaN(other) && value === null) ||
      value === other ||
      (value !== null && other !== null && Math.abs(value - other) <= 1e-12 * Math.max(1, Math.abs(other)));
    expect(same, `${expression} of ${JSON.stringify(row)}: ${value} is not ${other}`).toBe(true);
  });
}

describe('the value and limits of every measure are those of the engine', () => {
  test.each(measures.map((measure) => [measure.id, measure] as const))('%s', async (_, measure) => {
    for (const source of ['extracts', 'published'] as const) {
      const { value, lower, upper } = figureSql(measure.formula(argumentsOf(measure), source), names);
      for (const expression of [value, lower, upper]) await agree(expression, columns, cells);
    }
  });

  test('the people that a proportion is worth', () => agree('noisy_effective_n(x, n, vx, vn)', columns, cells));

  test.each(['lower', 'upper'])('the %s limit of a difference', (end) =>
    agree(`limits_difference_${end}(x, n, vx, vn)`, columns, cells),
  );
});

test.each([
  ['x and null', [[1], [0]]],
  ['least(x, null, 5)', [[3], [9], [null]]],
  ['greatest(null, x)', [[3], [null]]],
  ['coalesce(x, 7) / 0', [[3], [null], [0]]],
  ['case when x > 1 or x is null then 1 when not x = 0 then 2 else -x end', [[2], [null], [0], [1]]],
  ['nullif(x, 0) ^ 2 - 1.25', [[2], [0]]],
] as const)('%s follows the engine’s rules for what is unknown', async (expression, rows) => {
  await agree(
    expression.startsWith('x and')
      ? 'case when x = 1 and null then 1 when x = 1 or null then 2 else 3 end'
      : expression,
    ['x'],
    rows,
  );
});

test('what no formula uses is refused, not guessed', async () => {
  await expect(formulas.of('random() + x', ['x'])).rejects.toThrow('calls random');
  await expect(formulas.of('x + y', ['x'])).rejects.toThrow('names a column');
  await expect(formulas.of('count_lower(x)', ['x'])).rejects.toThrow('with 1 arguments');
});
