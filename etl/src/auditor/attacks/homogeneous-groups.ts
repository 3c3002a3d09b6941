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
  await writeCuts(workshop, id);
  const total = { rows: 0, single: 0 };
  for (const size of [1, 2, 3])
    for (let axis = 0; axis < size; axis += 1) {
      const [row] = await rowsOf<{ rows: number; single: number }>(
        workshop,
        rowsOfCut(id, { size, axis }, surface === null),
      );
      total.rows += row!.rows;
      total.single += row!.single;
    }
  return total;
}

/** `cut`: every guarded yearly table and each of its dimensions, with the table of the cells that its rows along it cut. */
async function writeCuts(workshop: Context['workshop'], id: string): Promise<void> {
  const held = await rowsOf<{ level: string; set: string; tally: Tally }>(
    workshop,
    `select level::varchar as level, "set"::varchar as "set", tally::varchar as tally from release_${id}.policy
     where grain = 'year' and "set" <> '' and tally::varchar in (select distinct tally::varchar from grouped)`,
  );
  await workshop.run(
    'create or replace temp table cut (level varchar, "set" varchar, tally varchar, size integer, axis integer, parent varchar)',
  );
  const appender = await workshop.createAppender('cut', 'main', 'temp');
  for (const { level, set, tally } of held) {
    const ids = set.split('+');
    if (!rowsAreGuarded(tally, ids)) continue;
    for (const axis of ids.keys()) {
      for (const value of [level, set, tally]) appender.appendVarchar(value);
      appender.appendInteger(ids.length);
      appender.appendInteger(axis);
      appender.appendVarchar(ids.filter((_, place) => place !== axis).join('+'));
      appender.endRow();
    }
  }
  appender.closeSync();
}

function rowsOfCut(id: string, { size, axis }: { size: number; axis: number }, latest: boolean): string {
  const when = latest
    ? ` and period_end = (select max(period_end) from release_${id}.period where grain = 'year')`
    : '';
  const own = ['"set"', 'level', 'area', 'period_end', 'tally'];
  // The columns of the set that its rows do not run along; the set of the parent has them as a, b.
  const kept = categories.slice(0, size).filter((_, place) => place !== axis);
  const keys = kept.map((_, k) => `k${k}`);
  const cuts = `(from cut where size = ${size} and axis = ${axis}) as cut`;
  const ofSet = (table: string) => `release_${id}.${table} as cell
     semi join ${cuts} on cut."set" = cell."set" and cut.level = cell.level and cut.tally = cell.tally where grain = 'year'${when}`;
  const columns = [...own.map((column) => `cell.${column}`), ...kept.map((column, k) => `cell.${column} as k${k}`)];
  const match = (left: string, right: string, equal: readonly string[]) =>
    [...own, ...equal].map((column) => `${left}.${column} = ${right}.${column}`).join(' and ');
  // One equality join for each way in which a listed row may leave categories open: conditions with "or" would be tried pair by pair.
  const notListed = Array.from({ length: 2 ** keys.length }, (_, open) => {
    const shape = keys.map((key, place) => `${key} is ${(open >> place) % 2 === 1 ? '' : 'not '}null`);
    const named = keys.filter((_, place) => (open >> place) % 2 === 0);
    return `anti join (from listed where ${['true', ...shape].join(' and ')}) as listed_${open} on ${match(`listed_${open}`, 'thin', named)}`;
  });
  return `
    with whole as (
        select cut."set", ${own
          .slice(1)
          .map((column) => `cell.${column}`)
          .join(', ')}${kept.map((_, k) => `, cell.${categories[k]} as k${k}`).join('')}
        from release_${id}.cell as cell join ${cuts} on cut.parent = cell."set" and cut.level = cell.level and cut.tally = cell.tally
        where grain = 'year' and value > 0${when}),
      line as (select ${columns.join(', ')}, count(*) as filled from ${ofSet('cell')} and value > 0 group by all),
      listed as (select distinct ${columns.join(', ')} from ${ofSet('withheld')}),
      shown as (select whole.*, coalesce(line.filled, 0) as filled from whole left join line on ${match('line', 'whole', keys)}),
      thin as materialized (select * from shown where filled < 2),
      bare as (select thin.* from thin ${notListed.join(' ')})
    select (select count(*)::integer from shown where filled >= 2) + (select count(*)::integer from bare) as rows, (select count(*)::integer from bare) as single`;
}

/** Cells that are in the file although they lie in a row that it lists as withheld. */
async function cellsInside({ workshop }: Context, { id }: Audience): Promise<number> {
  const same = ['"set"', 'grain', 'level', 'area', 'period_end', 'tally'].map(
    (column) => `cell.${column} = hidden.${column}`,
  );
  let cells = 0;
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
