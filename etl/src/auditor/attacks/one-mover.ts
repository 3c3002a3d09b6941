import { rowsOf } from '@ahp/sql/open';
import { policyOf } from '../../../../sql/lattice/policy.ts';
import { publishedTo, type Audience, type CellKeys } from '../../disclosure/audiences.ts';
import { onEachReader, percent, tooFew, type Attack, type Outcome } from '../attack.ts';
import type { Context } from '../context.ts';
import { drawsOf } from '../draws.ts';

const trials = 200;
const dimensions = [
  'profession',
  'band',
  'stage',
  'sex',
  'ethnic_group',
  'age_band',
  'disability',
  'tenure_band',
] as const;

interface Stayer {
  organisation: string;
  /** Category of each dimension. */
  codes: string[];
  /** Record keys in the two periods. */
  keys: { before: CellKeys; after: CellKeys };
}

/** What an audience is shown of an organisation: its tables, each as the places of its dimensions, and how it is protected. */
interface View {
  sets: readonly number[][];
  published: (count: number, keys: CellKeys) => number;
}

/** Everyone else stays as they were and one person leaves: what two years' tables say about that person. */
export const oneMover: Attack = {
  number: 8,
  id: 'one_mover',
  title: 'Two periods and one mover, 200 trials on real organisations and real keys',
  criterion: 'all attributes found in ≤ 5% of trials; attributes found ≤ share of the commonest category + 5 points',
  fast: true,
  asks: false,
  run: (context) => onEachReader(context, attack),
};

async function attack(context: Context, readers: readonly Audience[]): Promise<Outcome> {
  const organisations = await stayersOf(context);
  if (organisations.length === 0) return tooFew('organisations with two years');
  const views = readers.map(viewOf);
  const draw = drawsOf('one mover');
  const best = { all: 0, attributes: 0 };
  const found = { falls: { ...best }, changes: { ...best } };
  let modal = 0;
  for (let trial = 0; trial < trials; trial += 1) {
    const people = organisations[Math.floor(draw() * organisations.length)]!;
    const leaver = people[Math.floor(draw() * people.length)]!;
    const evidence = compare(people, leaver, views);
    for (const way of ['falls', 'changes'] as const) {
      const right = dimensions.filter((_, d) => likeliest(evidence[way][d]!) === leaver.codes[d]).length;
      found[way].attributes += right;
      if (right === dimensions.length) found[way].all += 1;
    }
    modal += dimensions.filter((_, d) => likeliest(countBy(people, d)) === leaver.codes[d]).length;
  }
  const all = Math.max(found.falls.all, found.changes.all) / trials;
  const attributes = Math.max(found.falls.attributes, found.changes.attributes) / trials / dimensions.length;
  const guess = modal / trials / dimensions.length;
  return {
    figure: `all attributes in ${percent(all)} of trials; ${percent(attributes)} of attributes, guessing ${percent(guess)}`,
    passed: all <= 0.05 && attributes <= guess + 0.05,
  };
}

function viewOf(audience: Audience): View {
  const names = policyOf(audience.id)
    .filter(({ grain, level, tally }) => grain === 'year' && level === 'organisation' && tally === 'headcount')
    .map(({ set }) => set);
  const placesOf = (set: string) =>
    set === '' ? [] : set.split('+').map((id) => dimensions.indexOf(id as (typeof dimensions)[number]));
  return { sets: [...new Set(names)].map(placesOf), published: publishedTo(audience) };
}

/** Organisations of 30 to 400 people who were there at the last two year ends, as they were at the first of these. */
async function stayersOf({ workshop }: Context): Promise<Stayer[][]> {
  const rows = await rowsOf<{ organisation: string; codes: string; keys: string }>(
    workshop,
    `with year_end as (select distinct period_end from grouped where grain = 'year' and tally = 'headcount' order by period_end desc limit 2),
       pair as (select min(period_end) as first, max(period_end) as second from year_end having count(*) = 2),
       stayer as (
         select early.organisation::varchar as organisation, concat_ws('|', ${dimensions.map((dimension) => `early.${dimension}`).join(', ')}) as codes,
           concat_ws('|', before.trusted_key, before.public_key, after.trusted_key, after.public_key) as keys, early.person
         from pair
         join event as early on early.family = 'stock' and early.grain = 'year' and early.tally = 'headcount' and early.period_end = pair.first
         join event as late on late.family = 'stock' and late.grain = 'year' and late.tally = 'headcount' and late.period_end = pair.second
           and late.person = early.person and late.organisation = early.organisation
         join record_key as before on before.person = early.person and before.key_period = early.key_period || '|headcount'
         join record_key as after on after.person = early.person and after.key_period = late.key_period || '|headcount')
     select * exclude (person) from stayer
     where organisation in (select organisation from stayer group by organisation having count(*) between 30 and 400)
     order by organisation, person`,
  );
  const groups = Map.groupBy(rows, ({ organisation }) => organisation);
  return [...groups.values()].map((people) =>
    people.map(({ organisation, codes, keys }) => ({ organisation, codes: codes.split('|'), keys: keysOf(keys) })),
  );
}

function keysOf(text: string): Stayer['keys'] {
  const [trusted, open, trustedAfter, openAfter] = text.split('|').map(Number) as [number, number, number, number];
  return { before: { trusted, public: open }, after: { trusted: trustedAfter, public: openAfter } };
}

type Evidence = Map<string, number>[];

/** By dimension and category, over all published cells: how far counts fell, and what share of them changed at all. */
function compare(
  people: readonly Stayer[],
  leaver: Stayer,
  views: readonly View[],
): { falls: Evidence; changes: Evidence } {
  const falls = dimensions.map(() => new Map<string, number>());
  const changes = dimensions.map(() => new Map<string, number>());
  const seen = dimensions.map(() => new Map<string, number>());
  const add = (to: Map<string, number>, code: string, amount: number) => to.set(code, (to.get(code) ?? 0) + amount);
  for (const { sets, published } of views)
    for (const axes of sets)
      for (const group of Map.groupBy(people, ({ codes }) => axes.map((axis) => codes[axis]).join('|')).values()) {
        const left = group.filter((person) => person !== leaver);
        const before = published(group.length, cellKeysOf(group, 'before'));
        const after = published(left.length, cellKeysOf(left, 'after'));
        for (const axis of axes) {
          const code = group[0]!.codes[axis]!;
          add(falls[axis]!, code, before - after);
          add(changes[axis]!, code, before === after ? 0 : 1);
          add(seen[axis]!, code, 1);
        }
      }
  for (const [axis, counts] of changes.entries())
    for (const [code, count] of counts)
      counts.set(code, count / seen[axis]!.get(code)! + falls[axis]!.get(code)! / 1e6);
  return { falls, changes };
}

function cellKeysOf(people: readonly Stayer[], when: 'before' | 'after'): CellKeys {
  const sumOf = (id: keyof CellKeys) => people.reduce((sum, { keys }) => (sum + keys[when][id]) % 2 ** 32, 0);
  return { trusted: sumOf('trusted'), public: sumOf('public') };
}

function countBy(people: readonly Stayer[], dimension: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { codes } of people) counts.set(codes[dimension]!, (counts.get(codes[dimension]!) ?? 0) + 1);
  return counts;
}

const likeliest = (scores: Map<string, number>): string =>
  [...scores].reduce((best, each) => (each[1] > best[1] ? each : best))[0];
