import { tableKey, type AreaRecord, type Catalogue, type Holding, type PeriodRecord } from '../release/catalogue.ts';
import type { Level } from '../release/dimension.ts';
import type { Group, Member, Extent } from './group.ts';
import type { Problems } from './problems.ts';
import type { CompareInput, PeerGroup } from './question.ts';

/** Other places that figures are compared with. */
type InSpace = 'nation' | 'region' | 'system' | 'england' | 'uk' | 'peers';

/** What every row of a plan is compared with: other cells of the same table, at another place or in another period. */
export interface Comparator {
  kind: InSpace | 'previous' | 'yearAgo';
  /** Where its cells are: for own figures those of everybody else are among the public ones. */
  catalogue: Catalogue;
  holding: Holding;
  level: Level;
  /** For each group, the cells that it is compared with; none where there is nothing to compare with. */
  members: readonly (readonly Member[])[];
  /** For each period of the plan, the one to compare with. */
  periods: readonly (PeriodRecord | null)[];
  /** For each group, what to call the other side. */
  labels: readonly string[];
  cost: number;
}

/** The comparator of an extent: the extent itself in time, others (of their own catalogue) in space. Adds a problem and gives null when there can be none. */
export function comparatorOf(
  compare: CompareInput,
  own: Extent,
  others: Catalogue,
  problems: Problems,
): Comparator | null {
  if (compare.previous) return inTime(own, 'previous');
  if (compare.yearAgo) return inTime(own, 'yearAgo');
  const extent = { ...own, catalogue: others, holding: sameHolding(own.holding, others) };
  const [name] = Object.entries(compare).find(([, value]) => value) ?? [];
  if (!name) return null;
  const level = levelOf(name as InSpace, extent);
  if (name === 'peers' && extent.level !== 'organisation' && (compare.peers === 'KIND' || compare.peers === 'SIZE'))
    problems.add('NOT_COMPARABLE', 'Only organisations have peers of their kind or size.', 'compare', 'peers');
  else if (extent.level === 'uk')
    problems.add(
      'NOT_COMPARABLE',
      'The United Kingdom has nothing of its own kind to be compared with.',
      'compare',
      name,
    );
  else if (
    !extent.holding.policy.some(
      (entry) => tableKey(entry) === tableKey({ grain: extent.grain, level, dimensions: extent.set }),
    )
  )
    problems.add('NOT_COMPARABLE', `These figures are not published at the level of ${level}.`, 'compare', name);
  else {
    const beside = inSpace(extent, level, name as InSpace, compare.peers);
    if (beside.members.some((members) => members.length > 0)) return beside;
    problems.add('NOT_COMPARABLE', nothingBeside(name as InSpace, extent), 'compare', name);
  }
  return null;
}

/** Why no place of an extent has a comparator of a kind, and what to ask instead. */
const nothingBeside = (kind: InSpace, { level, groups }: Extent): string =>
  kind === 'peers'
    ? 'There is nothing else of this kind here: compare with the nation or the United Kingdom.'
    : kind === level
      ? `A ${level} is not compared with itself: compare with the United Kingdom, or with peers.`
      : kind === 'england'
        ? 'England is not compared with itself: compare with the United Kingdom.'
        : `${groups[0]!.place.area.label} lies in no ${kind}: compare with the nation or the United Kingdom.`;

/** What another catalogue holds from the same source and publication. */
const sameHolding = (holding: Holding, catalogue: Catalogue): Holding =>
  catalogue.holdingsOf(holding.source).find(({ feed }) => feed === holding.feed) ?? holding;

const levelOf = (kind: InSpace, { level }: Extent): Level =>
  kind === 'england' ? 'nation' : kind === 'peers' ? level : kind;

function inTime(extent: Extent, kind: 'previous' | 'yearAgo'): Comparator {
  const held = extent.holding.periods.filter(({ grain, complete }) => grain === extent.grain && complete);
  const periods = extent.periods.map((period) => {
    if (!period.complete) return null;
    if (kind === 'previous') return held.findLast(({ end }) => end < period.end) ?? null;
    const before = `${Number(period.end.slice(0, 4)) - 1}${period.end.slice(4, 7)}`;
    return held.find(({ end }) => end.startsWith(before)) ?? null;
  });
  return {
    kind,
    catalogue: extent.catalogue,
    holding: extent.holding,
    level: extent.level,
    members: extent.groups.map(({ members }) => members),
    periods,
    labels: extent.groups.map(() => (kind === 'previous' ? `the ${extent.grain} before` : 'a year before')),
    cost: extent.groups.reduce((sum, { members }) => sum + members.length, 0) * periods.filter(Boolean).length,
  };
}

function inSpace(extent: Extent, level: Level, kind: InSpace, peers: PeerGroup | null | undefined): Comparator {
  const others = extent.groups.map((group) => placesBeside(extent, group, kind, peers));
  const members = extent.groups.map((group, index) => {
    const combinations = [...new Map(group.members.map(({ codes }) => [codes.join('|'), codes])).values()];
    return others[index]!.flatMap(({ code }) => combinations.map((codes) => ({ area: code, codes })));
  });
  return {
    kind,
    catalogue: extent.catalogue,
    holding: extent.holding,
    level,
    members,
    periods: extent.periods,
    labels: others.map((areas) =>
      kind === 'peers' ? `${areas.length} ${areas.length === 1 ? 'peer' : 'peers'}` : (areas[0]?.label ?? 'nothing'),
    ),
    // Groups share comparators: the UK’s cells are read once, however many groups look at them.
    cost: new Set(members.flat().map(({ area, codes }) => `${area}|${codes.join('|')}`)).size * extent.periods.length,
  };
}

function placesBeside(
  { catalogue, level }: Extent,
  { place }: Group,
  kind: InSpace,
  peers: PeerGroup | null | undefined,
): AreaRecord[] {
  if (kind === 'uk') return catalogue.areasAt('uk');
  const england = catalogue.area('nation', 'england');
  if (kind === 'england') return england && place.area.code !== england.code ? [england] : [];
  const nation = place.area.within('nation');
  if (kind === 'nation') return nation && place.area.level !== 'nation' ? [nation] : [];
  if (kind === 'region' || kind === 'system') {
    const around = place.area.within(kind);
    return around && place.area.level !== kind ? [around] : [];
  }
  const inside = new Set(place.members.map(({ code }) => code));
  const like: Record<PeerGroup, (area: AreaRecord) => boolean> = {
    NATION: (area) => level === 'nation' || area.nation === place.area.nation,
    REGION: (area) => area.region !== null && area.region === place.area.region,
    KIND: (area) => area.kind !== null && area.kind === place.area.kind && area.nation === place.area.nation,
    SIZE: (area) => area.sizeBand !== null && area.sizeBand === place.area.sizeBand,
  };
  return catalogue.areasAt(level).filter((area) => !inside.has(area.code) && like[peers!](area));
}
