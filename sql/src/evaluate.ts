import type { DuckDBConnection } from '@duckdb/node-api';
import { setName } from '../lattice/dimensions.ts';
import { argumentsOf } from './arguments.ts';
import { figureSql } from './figure-sql.ts';
import type { Formula, Measure, Parameters, Source, Sum } from './measure.ts';
import { rowsOf } from './open.ts';

export interface EvaluateOptions {
  /** Dimensions that the rows are split by. */
  by?: readonly string[];
  given?: Partial<Parameters>;
  source?: Source;
  /** Variance of the noise of one published count. */
  v?: number;
}

/** One figure: sums as they are kept, value and limits in the unit of the measure. */
export interface Evaluated {
  categories: Record<string, string>;
  numerator: number;
  denominator: number;
  value: number | null;
  lower: number | null;
  upper: number | null;
}

/**
 * Works a measure out from a table or view `cell` of one place and period (columns set, a, b, c, tally, value, as in a release) with the
 * macros of the connection: one row per combination of the categories of `by`, in their order. An absent cell is 0.
 * Example: `evaluate(connection, leaverRate, { by: ['band'] })` gives `[{ categories: { band: 'band_2' }, value: 0.1, … }]`.
 */
export async function evaluate(
  connection: DuckDBConnection,
  measure: Measure,
  options: EvaluateOptions = {},
): Promise<Evaluated[]> {
  const { by = [], given, source = 'extracts', v = 0 } = options;
  const formula = measure.formula(argumentsOf(measure, given), source);
  const { part, whole } = sides(measure, formula, by);
  const denominator = 'denominator' in formula ? formula.denominator : {};
  const same = whole.by.map((id) => `part.${id} = whole.${id}`).join(' and ') || 'true';
  const figure = figureSql(formula, { x: 'x', n: 'n', vx: 'vx', vn: 'vn' });
  const apart = formula.kind === 'share' && formula.known ? part.by.filter((id) => formula.of.includes(id)) : [];
  const applicable = apart.map((id) => `${id} <> 'unknown'`).join(' and ') || 'true';
  const shown = (name: keyof typeof figure) =>
    `case when ${applicable} then ${measure.scale ?? 1} * (${figure[name]}) end as ${name}`;
  const rows = await rowsOf<Record<string, number>>(
    connection,
    `with part as (${summed(part, [formula.numerator, denominator], 'x', v)}), whole as (${summed(whole, [denominator], 'n', v)}),
     joined as (select part.*, coalesce(whole.n, 0)::double as n, coalesce(whole.vn, 0)::double as vn from part left join whole on ${same})
     select ${[...part.by, 'x', 'n', shown('value'), shown('lower'), shown('upper')].join(', ')} from joined order by all`,
  );
  return rows.map(({ x, n, value, lower, upper, ...categories }) => ({
    categories: categories as never,
    numerator: x!,
    denominator: n!,
    value: value!,
    lower: lower!,
    upper: upper!,
  }));
}

/** What cells a sum is read from: the set `by` with what it reads beyond it, and conditions on categories. */
interface Side {
  by: readonly string[];
  set: readonly string[];
  where: readonly [dimension: string, condition: string][];
}

function sides({ within }: Measure, formula: Formula, by: readonly string[]): { part: Side; whole: Side } {
  if (formula.kind === 'share') {
    const { of, categories, known } = formula;
    const set = categories ? [...by, ...of] : by;
    const whole = by.filter((id) => !of.includes(id));
    const parts = set.filter((id) => of.includes(id));
    return {
      part: { by, set, where: categories ? of.map((id) => [id, `in (${quoted(categories)})`]) : [] },
      whole: known
        ? { by: whole, set, where: parts.map((id) => [id, `<> 'unknown'`]) }
        : { by: whole, set: whole, where: [] },
    };
  }
  const side: Side = within
    ? { by, set: [...by, within.dimension], where: [[within.dimension, `in (${quoted([within.category])})`]] }
    : { by, set: by, where: [] };
  return { part: side, whole: side };
}

/** Sums the first of `sums` over the cells of a side; a category has a row as soon as it has a cell of any of them. */
function summed({ by, set, where }: Side, sums: readonly Sum[], name: string, v: number): string {
  const [sum] = sums as [Sum];
  const column = (id: string) => 'abc'[[...set].sort().indexOf(id)]!;
  const weight = Object.entries(sum).map(([tally, weight]) => `when '${tally}' then ${weight}`);
  const weighted = weight.length > 0 ? `case tally ${weight.join(' ')} else 0 end` : '0';
  const tallies = [...new Set(sums.flatMap((each) => Object.keys(each)))];
  return `select ${[
    ...by.map((id) => `${column(id)} as ${id}`),
    `coalesce(sum(value * ${weighted}), 0)::double as ${name}`,
    `coalesce(sum(${v} * (${weighted}) ^ 2), 0)::double as v${name}`,
  ].join(', ')} from cell where "set" = '${setName(set)}' and tally in (${quoted(['', ...tallies])})
    ${where.map(([id, condition]) => `and ${column(id)} ${condition}`).join(' ')} group by all`;
}

const quoted = (values: readonly string[]) => values.map((value) => `'${value}'`).join(', ');
