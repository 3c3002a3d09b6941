import { figureSql } from '@ahp/sql/figure-sql';
import type { Formula, Sum } from '@ahp/sql/measure';
import type { Tally } from '@ahp/sql/tally';
import { listValue } from '@duckdb/node-api';
import { sql, type RawBuilder } from 'kysely';
import type { OpenRelease } from '../release/open-release.ts';
import { columnsOf, source, tableFilter, type Block, type FigureAsked, type Reading } from './block.ts';
import { sumVariance } from './noise.ts';
import { withheldRules } from './withheld.ts';

/** One side of a comparison as it comes from the database: sums, value and limits, unscaled. */
export interface Side {
  x: number | null;
  n: number | null;
  /** People that the figure rests on, where the measure says who. */
  base: number | null;
  value: number | null;
  lower: number | null;
  upper: number | null;
  /** Number of people whose sampling variance equals that of the figure with its noise. */
  effective: number | null;
  /** Cells that its numerator is summed over. */
  cells: number;
  /** Whether a table is too sparse for one of the places, or would tell what everyone there is. */
  withheld: boolean;
}

export interface CellFigure extends Side {
  other: Side;
  differenceLower: number | null;
  differenceUpper: number | null;
}

/** Figures of one group in one period; `found` says whether any of its cells exists. */
export interface Line {
  g: number;
  p: number;
  found: boolean;
  figures: CellFigure[];
}

/** Reads cells and makes figures of them, in one statement. All formulas are the release’s own macros. */
export async function readCells({ db }: OpenRelease, reading: Reading): Promise<Line[]> {
  const { rows } = await statement(reading).execute(db);
  return rows.map((row) => lineOf(row, reading.figures.length));
}

type Raw = Record<string, number | boolean | null>;

/** The statement of `readCells`: the only SQL of the api over cells. */
export function statement(reading: Reading): RawBuilder<Raw> {
  const { views, figures } = reading;
  // Most questions compare with nothing; planning the limits of the other side all the same would take longer than the whole answer.
  const compared = views.some(({ beside }) => beside.length > 0);
  const tables = views.flatMap((view, k) => {
    const tallies = talliesRead(figures, k);
    return [
      sql`${name('held', k)} as (${summed(reading, view.blocks, tallies)})`,
      sql`${name('beside', k)} as (${summed(reading, view.beside, tallies)})`,
    ];
  });
  const joins = views.map(
    (_, k) => sql`
    ${k === 0 ? sql`from held0` : sql`left join ${name('held', k)} using (g, p)`} left join ${name('beside', k)} using (g, p)`,
  );
  return sql<Raw>`
    with ${sql.join(tables)},
    sums as (select held0.g, held0.p, held0.found > 0 as found${join(figures.map((figure, i) => sums(reading, figure, i)))}${join(joins)}),
    limited as (select *${join(figures.map(({ formula }, i) => limits(formula, i, compared)))} from sums)
    select g, p, found${join(figures.map((_, i) => columns(i, compared)))} from limited order by g, p`;
}

function talliesRead(figures: readonly FigureAsked[], view: number): Tally[] {
  const sums = figures.flatMap(({ measure, formula, part, whole }) => [
    ...(part === view ? [formula.numerator] : []),
    ...(whole === view ? ['denominator' in formula ? formula.denominator : {}, measure.base ?? {}] : []),
  ]);
  return [...new Set(sums.flatMap((sum) => Object.keys(sum) as Tally[]))];
}

/**
 * Sums of tallies by group and period, a row for each; null where a cell is withheld or, in publications, absent. In publications also whether one
 * is withheld: without a value, where an absent one has no cell.
 */
function summed(reading: Reading, blocks: readonly Block[], tallies: readonly Tally[]): RawBuilder<unknown> {
  const isProtected = reading.holding.source === 'extracts';
  if (blocks.length === 0) {
    const none = (tally: Tally) =>
      sql`, null::double as ${sql.ref(tally)}${isProtected ? sql`` : sql`, false as ${unsaid(tally)}`}`;
    return sql`select 0::integer as g, 0::integer as p, false as withheld, 0::integer as cells, 0 as found${join(tallies.map(none))} where false`;
  }
  const total = (tally: Tally) => {
    const its = sql`filter (where tally = ${tally}::tally_t)`;
    const empty = sql`count(*) ${its} > count(value) ${its}`;
    const missing = isProtected ? empty : sql`count(value) ${its} < any_value(cells)`;
    const sum = sql`, case when ${missing} then null else coalesce(sum(value) ${its}, 0) end::double as ${sql.ref(tally)}`;
    return isProtected ? sum : sql`${sum}, ${empty} as ${unsaid(tally)}`;
  };
  return sql`
    select g, p, bool_or(withheld) as withheld, any_value(cells) as cells, count(tally) as found${join(tallies.map(total))}
    from (${sql.join(
      blocks.map((block) => blockCells(reading, block, tallies)),
      sql` union all `,
    )}) as part
    group by g, p`;
}

/** The cells of one block with the group and period that they belong to; a row also for what has no cell. */
function blockCells(reading: Reading, block: Block, tallies: readonly Tally[]): RawBuilder<unknown> {
  const rules = withheldRules(reading, block);
  const same = columnsOf(block).map((column) => sql` and cell.${sql.ref(column)} = member.${sql.ref(column)}`);
  const wanted = tallies.length > 0 ? sql.join(tallies.map((tally) => sql`${tally}::tally_t`)) : sql`null`;
  return sql`
    select member.g, moment.p, member.cells, cell.tally, cell.value, ${rules.flag} as withheld
    from (${members(block)}) as member
    cross join (${moments(block)}) as moment
    left join (select * from ${source(reading.holding)} as cell where ${tableFilter(reading, block)} and cell.tally in (${wanted})) as cell
      on cell.area = member.area and cell.period_end = moment.period_end${join(same)}
    ${rules.joins}${reading.holding.listsWithheld ? listedAsWithheld(reading, block, wanted) : sql``}`;
}

/** Rows without a value for what the release lists as withheld: absent from its cells, and no 0. A category that is null in the list stands for every one. */
function listedAsWithheld(reading: Reading, block: Block, wanted: RawBuilder<unknown>): RawBuilder<unknown> {
  const same = columnsOf(block).map(
    (column) => sql` and (cell.${sql.ref(column)} is null or cell.${sql.ref(column)} = member.${sql.ref(column)})`,
  );
  return sql`
    union all
    select member.g, moment.p, member.cells, cell.tally, null, false
    from (${members(block)}) as member
    cross join (${moments(block)}) as moment
    join (select * from withheld as cell where ${tableFilter(reading, block)} and cell.tally in (${wanted})) as cell
      on cell.area = member.area and cell.period_end = moment.period_end${join(same)}`;
}

function members(block: Block): RawBuilder<unknown> {
  const all = block.groups.flatMap(({ g, members }) =>
    members.map((member) => ({ g, cells: members.length, ...member })),
  );
  const codes = columnsOf(block).map(
    (column, i) =>
      sql`, unnest(${listValue(all.map((member) => member.codes[i]!))}::category_t[]) as ${sql.ref(column)}`,
  );
  return sql`select unnest(${listValue(all.map(({ g }) => g))}::integer[]) as g, unnest(${listValue(all.map(({ cells }) => cells))}::integer[]) as cells,
    unnest(${listValue(all.map(({ area }) => area))}::area_t[]) as area${join(codes)}`;
}

function moments({ periods }: Block): RawBuilder<unknown> {
  return sql`select unnest(${listValue(periods.map(({ p }) => p))}::integer[]) as p, unnest(${listValue(periods.map(({ end }) => end))}::date[]) as period_end`;
}

/** Numerator, denominator, base and noise variances of a figure and of what it is compared with. */
function sums(
  { catalogue, holding }: Reading,
  { measure, formula, part, whole }: FigureAsked,
  i: number,
): RawBuilder<unknown> {
  const noisy = holding.source === 'extracts' && catalogue.audience.v > 0;
  const noise = (sum: Sum) => sql`${noisy ? sumVariance(catalogue.audience, sum) : 0}::double`;
  const denominator = 'denominator' in formula ? formula.denominator : {};
  const unsaidIn = (table: string, sum: Sum) =>
    holding.source === 'extracts'
      ? []
      : (Object.keys(sum) as Tally[]).map((tally) => sql` or ${sql.ref(table)}.${unsaid(tally)}`);
  const side = (table: string, suffix: string) => {
    const [top, bottom] = [`${table}${part}`, `${table}${whole}`];
    const columns: Record<string, RawBuilder<unknown>> = {
      x: weighted(top, formula.numerator),
      n: weighted(bottom, denominator),
      base: weighted(bottom, measure.base ?? {}),
      vx: sql`${noise(formula.numerator)} * ${sql.ref(`${top}.cells`)}`,
      vn: sql`${noise(denominator)} * ${sql.ref(`${bottom}.cells`)}`,
      cells: sql`coalesce(${sql.ref(`${top}.cells`)}, 0)`,
      withheld: sql`coalesce(${sql.ref(`${top}.withheld`)} or ${sql.ref(`${bottom}.withheld`)}${join([...unsaidIn(top, formula.numerator), ...unsaidIn(bottom, denominator)])}, false)`,
    };
    return join(
      Object.entries(columns).map(([column, expression]) => sql`, ${expression} as ${name(column, i, suffix)}`),
    );
  };
  return sql`${side('held', '')}${side('beside', 'o')}`;
}

function weighted(table: string, sum: Sum): RawBuilder<unknown> {
  const terms = Object.entries(sum).map(([tally, weight]) => sql`${weight}::double * ${sql.ref(`${table}.${tally}`)}`);
  return terms.length > 0 ? sql.join(terms, sql` + `) : sql`null::double`;
}

/** Value and limits of both sides of a figure. */
function limits(formula: Formula, i: number, compared: boolean): RawBuilder<unknown> {
  const side = (suffix: string) => {
    const [x, n, vx, vn] = ['x', 'n', 'vx', 'vn'].map((column) => `${column}${i}${suffix}`) as [
      string,
      string,
      string,
      string,
    ];
    // Safe as raw SQL: the formula is code of ours and the names are made here.
    const { value, lower, upper } = figureSql(formula, { x, n, vx, vn });
    const effective =
      formula.kind === 'proportion' || formula.kind === 'share'
        ? `noisy_effective_n(${x}, ${n}, ${vx}, ${vn})`
        : 'null';
    return sql`, ${sql.raw(value)} as ${name('value', i, suffix)}, ${sql.raw(lower)} as ${name('lower', i, suffix)},
      ${sql.raw(upper)} as ${name('upper', i, suffix)}, ${sql.raw(effective)} as ${name('effective', i, suffix)}`;
  };
  const none = () =>
    sql`, null::double as ${name('value', i, 'o')}, null::double as ${name('lower', i, 'o')}, null::double as ${name('upper', i, 'o')}, null::double as ${name('effective', i, 'o')}`;
  return sql`${side('')}${compared ? side('o') : none()}`;
}

const sideColumns = ['x', 'n', 'base', 'value', 'lower', 'upper', 'effective', 'cells', 'withheld'];

function columns(i: number, compared: boolean): RawBuilder<unknown> {
  const side = (suffix: string) => join(sideColumns.map((column) => sql`, ${name(column, i, suffix)}`));
  const [value, lower, upper] = ['value', 'lower', 'upper'].map((column) => name(column, i));
  const [other, otherLower, otherUpper] = ['value', 'lower', 'upper'].map((column) => name(column, i, 'o'));
  if (!compared)
    return sql`${side('')}${side('o')}, null::double as ${name('below', i)}, null::double as ${name('above', i)}`;
  return sql`${side('')}${side('o')}, limits_difference_lower(${value}, ${lower}, ${other}, ${otherUpper}) as ${name('below', i)},
    limits_difference_upper(${value}, ${upper}, ${other}, ${otherLower}) as ${name('above', i)}`;
}

function lineOf(row: Raw, figures: number): Line {
  const number = (column: string) => (row[column] == null ? null : Number(row[column]));
  const side = (i: number, suffix: string): Side => ({
    x: number(`x${i}${suffix}`),
    n: number(`n${i}${suffix}`),
    base: number(`base${i}${suffix}`),
    value: number(`value${i}${suffix}`),
    lower: number(`lower${i}${suffix}`),
    upper: number(`upper${i}${suffix}`),
    effective: number(`effective${i}${suffix}`),
    cells: number(`cells${i}${suffix}`) ?? 0,
    withheld: row[`withheld${i}${suffix}`] === true,
  });
  return {
    g: Number(row.g),
    p: Number(row.p),
    found: row.found === true,
    figures: Array.from({ length: figures }, (_, i) => ({
      ...side(i, ''),
      other: side(i, 'o'),
      differenceLower: number(`below${i}`),
      differenceUpper: number(`above${i}`),
    })),
  };
}

/** Whether a cell of the tally is there without a value. */
const unsaid = (tally: Tally) => sql.ref(`${tally}_unsaid`);
const name = (column: string, i: number, suffix = '') => sql.ref(`${column}${i}${suffix}`);
const join = (parts: readonly RawBuilder<unknown>[]) => sql.join([...parts], sql``);
