import { rowsOf } from '@ahp/sql/open';
import type { Context } from './context.ts';
import type { AskOptions, Surface } from './surface.ts';

/** One figure of an answer. */
export interface Figure {
  value: number | null;
  display: string;
  status: string;
  numerator: number | null;
  denominator: number | null;
  noise: { sd: number; cells: number } | null;
  interval: { lower: number; upper: number; level: number; method: string } | null;
}

export const figureFields =
  'value display status numerator denominator noise { sd cells } interval { lower upper level method }';

/** A `staff` question about headcounts at a year end; `where` and `by` as in the schema. */
export function headcounts(
  where: string,
  by: readonly string[] = [],
  period = '2026-03',
  grain = 'YEAR',
  fields = 'value status',
): string {
  const categories = by.filter((id) => !geographies.includes(id)).map((id) => `${camel(id)} { code }`);
  return `staff(by: [${by.join(', ')}], where: { ${where} }, period: { at: { end: "${period}", grain: ${grain} } }, first: 1000) {
    ... on StaffTable { rows { area { code } ${categories.join(' ')} headcount { ${fields} } } } ... on QueryRefused { code message } }`;
}

const geographies = ['NATION', 'REGION', 'SYSTEM', 'ORGANISATION'];

/** `AGE_BAND` as `ageBand`. */
export const camel = (id: string): string =>
  id.toLowerCase().replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** The data of an answer; throws when there are errors instead. */
export async function dataOf<Data>(surface: Surface, document: string, options?: AskOptions): Promise<Data> {
  const { text } = await surface.ask(document, options);
  const { data, errors } = JSON.parse(text) as { data: Data | null; errors?: { message: string }[] };
  if (!data || errors?.length)
    throw new Error(`the api answered with an error: ${errors?.map(({ message }) => message).join(' ')}`);
  return data;
}

/** Published counts of one table of an area at the last year end, by category (“” without one), zeros left out. */
export async function publishedTable(
  { workshop }: Context,
  audience: string,
  {
    set,
    area,
    tally = 'headcount',
    level = 'organisation',
  }: { set: string; area: string; tally?: string; level?: string },
): Promise<Map<string, number>> {
  const rows = await rowsOf<{ key: string; value: number }>(
    workshop,
    `select concat_ws('|', a::varchar, b::varchar, c::varchar) as key, value::integer as value from release_${audience}.cell
     where "set" = '${set}' and grain = 'year' and level = '${level}' and area = '${area}' and tally = '${tally}'
       and period_end = (select max(period_end) from release_${audience}.period where grain = 'year')`,
  );
  return new Map(rows.map(({ key, value }) => [key, value]));
}

/** The last year end of the release as the api takes it, “2026-03”, and its organisations by published headcount, largest first. */
export async function organisationsOf(
  context: Context,
  audience = 'public',
): Promise<{ period: string; areas: { code: string; value: number }[] }> {
  const rows = await rowsOf<{ code: string; value: number; period: string }>(
    context.workshop,
    `select area::varchar as code, value::integer as value, strftime(period_end, '%Y-%m') as period from release_${audience}.cell
     where "set" = '' and grain = 'year' and level = 'organisation' and tally = 'headcount'
       and period_end = (select max(period_end) from release_${audience}.period where grain = 'year')
     order by value desc, code`,
  );
  return { period: rows[0]!.period, areas: rows };
}

/** The middle organisation by published size: neither a giant nor a handful. */
export const middleOf = <Item>(items: readonly Item[]): Item => items[Math.floor(items.length / 2)]!;
