import { rowsOf } from '@ahp/sql/open';
import type { Attack, Outcome } from '../attack.ts';
import { attachRelease, detachRelease, type Context } from '../context.ts';

/** If keys were kept, most cells of a revised period would be what they were: chance makes about one in six alike. */
const alikeAtMost = 0.3;
/** Large counts: small ones are mostly 0 in both. */
const large = 20;

/** What a release that follows another one tells about what was corrected. */
export const revision: Attack = {
  number: 11,
  id: 'revision',
  title: 'A release against the one before: corrected periods',
  criterion: 'periods that were not touched: equal, cell for cell; revised ones: all keys new',
  fast: true,
  asks: false,
  async run(context) {
    if (!context.before) return { figure: 'no release before this one', passed: true };
    await attachRelease(context.workshop, context.before.folder, 'earlier');
    try {
      return await compare(context);
    } finally {
      await detachRelease(context.workshop, 'earlier');
    }
  },
};

async function compare(context: Context): Promise<Outcome> {
  const { before, keyPeriods, secret } = context;
  const known = before!.manifest.keyPeriods ?? {};
  // With another secret every key is new, whatever its revision is called.
  const rekeyed = before!.manifest.secretFingerprint !== secret?.fingerprint();
  let untouched = 0;
  let changed = 0;
  let revised = 0;
  let kept = 0;
  const redrawn = { cells: 0, alike: 0 };
  for (const [name, { revision, fingerprint }] of Object.entries(keyPeriods)) {
    const earlier = known[name];
    if (!earlier) continue;
    const cells = await cellsOf(context, name);
    if (!rekeyed && earlier.fingerprint === fingerprint) {
      untouched += 1;
      changed += cells.different + (earlier.revision === revision ? 0 : 1);
    } else {
      revised += 1;
      kept += !rekeyed && earlier.revision === revision ? 1 : 0;
      redrawn.cells += cells.large;
      redrawn.alike += cells.alike;
    }
  }
  const share = redrawn.cells === 0 ? 0 : redrawn.alike / redrawn.cells;
  return {
    figure: `${untouched} key periods untouched with ${changed} cells changed; ${revised} revised, ${kept} with their old keys, ${(100 * share).toFixed(0)}% of their large cells alike`,
    passed: changed === 0 && kept === 0 && (redrawn.cells < 100 || share <= alikeAtMost),
  };
}

/** Published cells that rest on the keys of one key period and on no other, in both releases. */
async function cellsOf(
  { workshop }: Context,
  keyPeriod: string,
): Promise<{ different: number; large: number; alike: number }> {
  const [kind, first, second] = keyPeriod.split('|');
  const tally = { s: 'headcount', f: 'leavers_organisation' }[kind!];
  if (!tally) return { different: 0, large: 0, alike: 0 };
  const columns = `"set"::varchar as "set", grain::varchar as grain, level::varchar as level, area::varchar as area, a::varchar as a, b::varchar as b, c::varchar as c`;
  const cells = (prefix: string) =>
    `select ${columns}, value from ${prefix}_public.cell where tally = '${tally}' and period_end = date '${second ?? first}'
       and (grain = 'year' or grain = 'quarter')
       ${kind === 'f' ? `and grain = case when date '${first}' = last_day(date '${second}' - interval 12 month) then 'year' else 'quarter' end` : ''}`;
  const [counts] = await rowsOf<{ different: number; large: number; alike: number }>(
    workshop,
    `with now as (${cells('release')}), before as (${cells('earlier')}),
       both_have as (select "set", grain, level from release_public.policy where tally = '${tally}' intersect select "set", grain, level from earlier_public.policy where tally = '${tally}'),
       pair as (
         select coalesce(now."set", before."set") as "set", coalesce(now.grain, before.grain) as grain, coalesce(now.level, before.level) as level,
           coalesce(now.value, 0) as value, coalesce(before.value, 0) as earlier
         from now full join before on now."set" = before."set" and now.grain = before.grain and now.level = before.level and now.area = before.area
           and now.a is not distinct from before.a and now.b is not distinct from before.b and now.c is not distinct from before.c)
     select count(*) filter (where value <> earlier)::integer as different,
       count(*) filter (where greatest(value, earlier) >= ${large})::integer as large,
       count(*) filter (where greatest(value, earlier) >= ${large} and value = earlier)::integer as alike
     from pair
     semi join (
       select grain::varchar as grain from release_public.period where period_end = date '${second ?? first}'
       intersect select grain::varchar from earlier_public.period where period_end = date '${second ?? first}') as both_list on both_list.grain = pair.grain
     semi join (select "set"::varchar as "set", grain::varchar as grain, level::varchar as level from both_have) as held
       on held."set" = pair."set" and held.grain = pair.grain and held.level = pair.level`,
  );
  return counts!;
}
