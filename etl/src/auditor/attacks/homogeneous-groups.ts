import { rowsOf } from '@ahp/sql/open';
import type { Tally } from '@ahp/sql/tally';
import { rowsAreGuarded } from '../../../../sql/lattice/homogeneous.ts';
import type { Audience } from '../../disclosure/audiences.ts';
import { onEachAudience, percent, type Attack, type Outcome } from '../attack.ts';
import type { Context } from '../context.ts';

const most = 0.4;
const categories = ['a', 'b', 'c'];
/** Tallies whose equal figures are taken to say that people are the same. */
const claimed = ['headcount', 'leavers_organisation', 'joiners_organisation'];

/** A group and its only part are the same people with the same noise: equal figures would say that all are alike, unequal ones that somebody is not. */
export const homogeneousGroups: Attack = {
  number: 21,
  id: 'homogeneous_groups',
  title: 'Groups that are all alike: a cell and its only part, and equal figures in one place',
  criterion:
    'no row in which fewer than two categories are published, unless it is listed as withheld; no cell in a row that is listed; “the same figure, so the same people”: right in ≤ 40% (within 3 standard errors)',
  fast: true,
  asks: false,
  run: (context) => onEachAudience(context, attack),
};

async function attack(context: Context, audience: Audience): Promise<Outcome> {
  const rows = await rowsShown(context, audience);
  const inside = await cellsInside(context, audience);
  const claims = await equalFigures(context, audience);
  const share = claims.claims === 0 ? 0 : claims.right / claims.claims;
  const error = Math.sqrt((most * (1 - most)) / Math.max(1, claims.claims));
  return {
    figure: `${rows.single.toLocaleString('en-GB')} of ${rows.rows.toLocaleString('en-GB')} rows shown with one category or none, ${inside} cells in rows that are withheld; of ${claims.claims.toLocaleString('en-GB')} pairs of equal figures ${percent(share, 0)} are the same people`,
    // A release without a whole year has no such row to show.
    passed: rows.single === 0 && inside === 0 && share <= most + 3 * error,
  };
}

/** Yearly rows of guarded tables (while a release is being built, of the latest year) whose cell is shown above zero, and those of them with fewer than two categories and nothing of them listed. */
async function rowsShown({ workshop, surface }: Context, { id }: Audience): Promise<{ rows: number; single: number }> {
  const held = await rowsOf<{ set: string; tally: Tally }>(
    workshop,
    `select distinct "set"::varchar as "set", tally::varchar as tally from release_${id}.policy where grain = 'year' and "set" <> ''`,
  );
  const counts = await rowsOf<{ tally: Tally }>(workshop, 'select distinct tally::varchar as tally from grouped');
  const total = { rows: 0, single: 0 };
  for (const [set, some] of Map.groupBy(held, (row) => row.set)) {
    const ids = set.split('+');
    const tallies = some
      .map(({ tally }) => tally)
      .filter((tally) => counts.some((row) => row.tally === tally) && rowsAreGuarded(tally, ids));
    if (tallies.length === 0) continue;
    for (const axis of ids.keys()) {
      const parent = ids.filter((_, place) => place !== axis).join('+');
      const [row] = await rowsOf<{ rows: number; single: number }>(
        workshop,
        rowsOfTable(
          id,
          set,
          parent,
          tallies,
          surface === null,
          categories.slice(0, ids.length).filter((_, place) => place !== axis),
        ),
      );
      total.rows += row!.rows;
      total.single += row!.single;
    }
  }
  return total;
}

/** `kept`: the columns of the set that its rows do not run along, in the order in which the set of the parent has them as a, b. */
function rowsOfTable(
  id: string,
  set: string,
  parent: string,
  tallies: readonly string[],
  latest: boolean,
  kept: readonly string[],
): string {
  const when = latest
    ? ` and period_end = (select max(period_end) from release_${id}.period where grain = 'year')`
    : '';
  const own = 'level, area, period_end, tally';
  const from = (table: string, name: string) =>
    `release_${id}.${table} where grain = 'year' and "set" = '${name}' and tally in (${tallies.map((tally) => `'${tally}'`).join(', ')})${when}`;
  const columns = kept.map((column, k) => `, ${column} as k${k}`).join('');
  const match = (left: string, right: string) =>
    [...['level', 'area', 'period_end', 'tally'], ...kept.map((_, k) => `k${k}`)]
      .map((column) => `${left}.${column} = ${right}.${column}`)
      .join(' and ');
  return `
    with whole as (select ${own}${kept.map((_, k) => `, ${categories[k]} as k${k}`).join('')} from ${from('cell', parent)} and value > 0
        and (level, tally) in (select level, tally from release_${id}.policy where grain = 'year' and "set" = '${set}')),
      line as (select ${own}${columns}, count(*) as filled from ${from('cell', set)} and value > 0 group by all),
      listed as (select distinct ${own}${columns} from ${from('withheld', set)}),
      shown as (select whole.*, coalesce(line.filled, 0) as filled from whole left join line on ${match('line', 'whole')}),
      thin as materialized (select * from shown where filled < 2),
      bare as (
        select * exclude (within) from (
          select thin.*, count(listed.tally) as within from thin left join listed on listed.level = thin.level and listed.area = thin.area and listed.period_end = thin.period_end
            and listed.tally = thin.tally ${kept.map((_, k) => `and (listed.k${k} is null or listed.k${k} = thin.k${k})`).join(' ')}
          group by all) where within = 0)
    select (select count(*)::integer from shown where filled >= 2) + (select count(*)::integer from bare) as rows, (select count(*)::integer from bare) as single`;
}

/** Cells that are in the file although they lie in a row that it lists as withheld. */
async function cellsInside({ workshop }: Context, { id }: Audience): Promise<number> {
  const same = ['"set"', 'grain', 'level', 'area', 'period_end', 'tally'].map(
    (column) => `cell.${column} = hidden.${column}`,
  );
  let cells = 0;
  // One equality join for each way in which a row may leave categories open: conditions with "or" would be tried pair by pair.
  for (let open = 0; open < 8; open += 1) {
    const isOpen = (place: number) => (open >> place) % 2 === 1;
    const shape = categories.map((column, place) => `${column} is ${isOpen(place) ? '' : 'not '}null`).join(' and ');
    const within = categories.flatMap((column, place) => (isOpen(place) ? [] : [`hidden.${column} = cell.${column}`]));
    const [row] = await rowsOf<{ n: number }>(
      workshop,
      `select count(*)::integer as n from release_${id}.cell as cell
       semi join (from release_${id}.withheld where ${shape}) as hidden on ${[...same, ...within].join(' and ')}`,
    );
    cells += row!.n;
  }
  return cells;
}

/**
 * Of two splits of one cell (sexes and ages of one profession), the pairs of parts with the same published figure, and those of them that are the
 * same people; and of a cell and its part. People are the same where the sums of their keys are.
 */
async function equalFigures({ workshop }: Context, { id }: Audience): Promise<{ claims: number; right: number }> {
  const total = { claims: 0, right: 0 };
  const latest = `grain = 'year' and level = 'organisation' and period_end = (select max(period_end) from grouped where grain = 'year')`;
  const cells = (where: string) =>
    `select "set"::varchar as "set", area::varchar as area, tally::varchar as tally, a::varchar as a, b::varchar as b, c::varchar as c, value from release_${id}.cell where ${latest} and ${where}`;
  for (const parent of ['', 'profession', 'band', 'sex']) {
    const ids = parent === '' ? [] : [parent];
    // A part as the parent’s category (k) and its own (part), whichever of a and b they are.
    const part = `
      select part."set", part.area, part.tally, part.value, people.trusted_key as people, ${ids.length === 0 ? `'' as k, part.a as part` : `case when split_part(part."set", '+', 1) = '${parent}' then part.a else part.b end as k, case when split_part(part."set", '+', 1) = '${parent}' then part.b else part.a end as part`}
      from (${cells(`tally in (${claimed.map((tally) => `'${tally}'`).join(', ')}) and value > 0`)}) as part
      join (select "set"::varchar as "set", area::varchar as area, tally::varchar as tally, a::varchar as a, b::varchar as b, trusted_key from grouped where ${latest}) as people
        on people."set" = part."set" and people.area = part.area and people.tally = part.tally and people.a is not distinct from part.a and people.b is not distinct from part.b
      where ${ids.length === 0 ? `part."set" <> '' and not contains(part."set", '+')` : `list_contains(string_split(part."set", '+'), '${parent}') and len(string_split(part."set", '+')) = 2`}`;
    const whole = `
      select cell.area, cell.tally, cell.value, people.trusted_key as people, coalesce(cell.a, '') as k
      from (${cells(`"set" = '${parent}' and value > 0`)}) as cell
      join (select area::varchar as area, tally::varchar as tally, a::varchar as a, trusted_key from grouped where ${latest} and "set" = '${parent}') as people
        on people.area = cell.area and people.tally = cell.tally and people.a is not distinct from cell.a`;
    const [row] = await rowsOf<{ claims: number; right: number }>(
      workshop,
      `with part as materialized (${part}), whole as (${whole}),
         pair as (
           select one.people = other.people as same from part as one join part as other
             on one.area = other.area and one.tally = other.tally and one.k = other.k and one.value = other.value and one."set" < other."set"
           union all
           select whole.people = part.people from whole join part on whole.area = part.area and whole.tally = part.tally and whole.k = part.k and whole.value = part.value)
       select count(*)::integer as claims, count(*) filter (where same)::integer as right from pair`,
    );
    total.claims += row!.claims;
    total.right += row!.right;
  }
  return total;
}
