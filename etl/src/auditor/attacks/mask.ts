import { rowsOf } from '@ahp/sql/open';
import type { Audience } from '../../disclosure/audiences.ts';
import { onEachAudience, percent, type Attack, type Outcome } from '../attack.ts';
import type { Context } from '../context.ts';
import { camel, dataOf, headcounts, organisationsOf, publishedTable, type Figure } from '../questions.ts';

const tableMinimum = 50;
const filledMinimum = 0.5;
const rowMinimum = 30;
const tables = [
  '',
  'profession',
  'band',
  'sex',
  'ethnic_group',
  'disability',
  'band+profession',
  'band+sex',
  'band+ethnic_group',
  'band+disability',
];

/** The rules of what is withheld are worked out here a second time, from published cells alone; the api must withhold the same and nothing else. */
export const mask: Attack = {
  number: 19,
  id: 'mask',
  title: 'What is withheld depends on published values alone',
  criterion:
    'the mask worked out from published cells equals the shipped one in 100%; no row split by a sensitive characteristic with base < 30; no sensitive share in (0, 5%) or (95%, 100%)',
  fast: false,
  asks: true,
  run: (context) => onEachAudience(context, attack),
};

async function attack(context: Context, audience: Audience): Promise<Outcome> {
  const { period, areas } = await organisationsOf(context, audience.id);
  const every = Math.max(1, Math.floor(areas.length / 12));
  const sensitive = (
    await rowsOf<{ id: string }>(context.workshop, `select id from release_${audience.id}.dimension where sensitive`)
  ).map(({ id }) => id);
  const held = await rowsOf<{ set: string }>(
    context.workshop,
    `select distinct "set"::varchar as "set" from release_${audience.id}.policy where grain = 'year' and level = 'organisation' and tally = 'headcount'`,
  );
  let figures = 0;
  let different = 0;
  let shares = 0;
  for (const { code } of areas.filter((_, k) => k % every === 0)) {
    for (const set of tables.filter((name) => held.some((row) => row.set === name))) {
      const dimensions = set === '' ? [] : set.split('+');
      const published = await publishedTable(context, audience.id, { set, area: code });
      const listed = await withheldRows(context, audience.id, { set, area: code });
      const rules = maskOf(dimensions, published, sensitive, audience);
      const withheld = (key: string) => rules(key) || listed.some((row) => liesIn(key, row));
      const question = `{ ${headcounts(
        `organisation: ["${code}"]`,
        dimensions.map((id) => id.toUpperCase()),
        period,
      )} }`;
      const { staff } = await dataOf<{ staff: { rows: Record<string, { code: string } & Figure>[] } }>(
        context.surface!,
        question,
        { as: audience.id },
      );
      for (const row of staff.rows) {
        const status = row.headcount!.status;
        if (status === 'NOT_APPLICABLE' || status === 'NOT_AVAILABLE') continue;
        const key = dimensions.map((id) => row[camel(id)]!.code).join('|');
        figures += 1;
        if ((status === 'CONFIDENTIAL') !== withheld(key)) different += 1;
      }
    }
    shares += await bareShares(context, audience, code, period);
  }
  return {
    figure: `${percent((figures - different) / figures)} of ${figures.toLocaleString('en-GB')} figures alike; ${shares} sensitive shares beyond 5% to 95%`,
    passed: figures > 0 && different === 0 && shares === 0,
  };
}

/** The rows of headcount that the release lists as withheld, by their categories; null stands for every one. Attack 21 works the list out again. */
async function withheldRows(
  { workshop }: Context,
  audience: string,
  { set, area }: { set: string; area: string },
): Promise<(string | null)[][]> {
  const rows = await rowsOf<Record<'a' | 'b' | 'c', string | null>>(
    workshop,
    `select a::varchar as a, b::varchar as b, c::varchar as c from release_${audience}.withheld
     where "set" = '${set}' and grain = 'year' and level = 'organisation' and area = '${area}' and tally = 'headcount'
       and period_end = (select max(period_end) from release_${audience}.period where grain = 'year')`,
  );
  return rows.map(({ a, b, c }) => [a, b, c].slice(0, set === '' ? 0 : set.split('+').length));
}

const liesIn = (key: string, row: readonly (string | null)[]) => {
  const codes = key.split('|');
  return row.every((code, d) => code === null || code === codes[d]);
};

/** Whether a cell of a table is withheld: table too sparse, its row too small to be split by a sensitive characteristic, or a count under the display minimum. */
function maskOf(
  dimensions: readonly string[],
  published: ReadonlyMap<string, number>,
  sensitive: readonly string[],
  { displayMinimum }: Audience,
): (key: string) => boolean {
  const cells = [...published]
    .filter(([, value]) => value > 0)
    .map(([key, value]) => ({ codes: key.split('|'), value }));
  const base = cells.reduce((sum, { value }) => sum + value, 0);
  const grid = dimensions.reduce((product, _, d) => product * new Set(cells.map(({ codes }) => codes[d])).size, 1);
  const crossed = dimensions.length > 1;
  const guarded = dimensions.flatMap((id, d) => (sensitive.includes(id) ? [d] : []));
  const sparse =
    (crossed || guarded.length > 0) && (base < tableMinimum || (crossed && cells.length < filledMinimum * grid));
  return (key) => {
    const codes = key.split('|');
    const value = published.get(key) ?? 0;
    if (sparse || (value > 0 && value < displayMinimum)) return true;
    return (
      crossed &&
      guarded.some((axis) => {
        const line = cells.filter((cell) => cell.codes.every((code, d) => d === axis || code === codes[d]));
        const total = line.reduce((sum, cell) => sum + cell.value, 0);
        return total > 0 && total < rowMinimum;
      })
    );
  };
}

/** Shares of sensitive characteristics that are shown as a number close to nobody or to everybody. */
async function bareShares(
  { surface }: Context,
  audience: Audience,
  organisation: string,
  period: string,
): Promise<number> {
  const question = `{ equity(by: [BAND], where: { organisation: ["${organisation}"] }, period: { at: { end: "${period}", grain: YEAR } }) {
    ... on EquityTable { rows { bmeShare { value } disabledShare { value } } } } }`;
  const { equity } = await dataOf<{ equity: { rows?: Record<string, Figure>[] } }>(surface!, question, {
    as: audience.id,
  });
  return (equity.rows ?? [])
    .flatMap((row) => Object.values(row).map(({ value }) => value))
    .filter((value) => value !== null && ((value > 0 && value < 0.05) || (value > 0.95 && value < 1))).length;
}
