import { FAMILY, PRESENCE, touch } from './people.ts';
import { cumulative } from './random.ts';
import { monthBegins } from './effects.ts';
import type { Organisation } from './organisations.ts';
import type { World } from './world.ts';

/** Organisations by region, nation and the UK, with running totals of size, for transfers. */
export function neighboursOf(organisations: readonly Organisation[]): World['neighbours'] {
  const groups = new Map<string, number[]>();
  const add = (key: string, index: number) => groups.set(key, [...(groups.get(key) ?? []), index]);
  organisations.forEach((organisation, index) => {
    if (organisation.weight === 0) return;
    if (organisation.region) add(organisation.region, index);
    add(organisation.nation, index);
    add('uk', index);
  });
  return new Map(
    [...groups].map(([key, members]) => [
      key,
      { organisations: members, weights: cumulative(members.map((index) => organisations[index]!.weight)) },
    ]),
  );
}

/** The planted merger: everyone of the two old employers is in the new one, with the same assignments and start dates. */
export function merge(world: World): void {
  const { merger } = world.effects;
  if (world.now !== merger.month) return;
  const { people, organisations, stock } = world;
  const moves = (organisation: number) => merger.old.includes(organisation);
  for (let post = 0; post < 2 * people.count; post++) {
    if (moves(people.employer[post]!)) people.employer[post] = merger.organisation;
    if (moves(people.organisation[post]!)) people.organisation[post] = merger.organisation;
    if (people.presence[post >> 1] === PRESENCE.present) touch(people, post >> 1);
  }
  world.observed.merged(merger.old, merger.organisation);
  const united = organisations[merger.organisation]!;
  for (const index of merger.old) {
    united.weight += organisations[index]!.weight;
    organisations[index]!.weight = 0;
    for (const family of Object.values(FAMILY)) {
      stock[family * organisations.length + merger.organisation]! += stock[family * organisations.length + index]!;
      stock[family * organisations.length + index] = 0;
    }
  }
  world.neighbours = neighboursOf(organisations);
}

/** Rows of `organisations-synthetic.csv`: a merged or renamed organisation has dates. */
export function organisationRows(world: Pick<World, 'organisations' | 'effects' | 'opening'>): string[] {
  const { organisations, effects, opening } = world;
  const dayBefore = (month: number) => new Date(Date.parse(monthBegins(month)) - 86_400_000).toISOString().slice(0, 10);
  return organisations.flatMap((organisation, index) => {
    const row = (label: string, from: string, to: string) =>
      `${organisation.code},${label},${organisation.nation},${organisation.region},${organisation.system},${organisation.kind},${from},${to}`;
    const merged = opening + effects.merger.month;
    if (effects.merger.old.includes(index)) return [row(organisation.label, '', dayBefore(merged))];
    if (index === effects.merger.organisation) return [row(organisation.label, monthBegins(merged), '')];
    if (index !== effects.rename.organisation) return [row(organisation.label, '', '')];
    const renamed = opening + effects.rename.month;
    return [row(organisation.label, '', dayBefore(renamed)), row(effects.rename.label, monthBegins(renamed), '')];
  });
}

/** Rows of `successions-synthetic.csv`. */
export function successionRows(world: Pick<World, 'organisations' | 'effects' | 'opening'>): string[] {
  const { merger } = world.effects;
  const date = monthBegins(world.opening + merger.month);
  return merger.old.map((old) => `${world.organisations[old]!.code},${world.organisations[merger.organisation]!.code},${date}`); // prettier-ignore
}
