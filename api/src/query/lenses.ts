import { likeForLike, type Formula, type Measure, type Parameters, type Source } from '@ahp/sql/measure';
import { tableKey, type Catalogue, type Grain, type Holding } from '../release/catalogue.ts';
import type { Level } from '../release/dimension.ts';
import type { Member } from './group.ts';

/**
 * How the cells of a group are looked at for one side of a figure: as they are, without some dimensions (the total that a share is
 * of), or with categories of a dimension that the answer is not split by.
 */
export interface Lens {
  key: string;
  set: readonly string[];
  members: (members: readonly Member[]) => Member[];
}

export interface Lenses {
  part: Lens;
  whole: Lens;
}

interface Table {
  catalogue: Catalogue;
  holding: Holding;
  grain: Grain;
  set: readonly string[];
}

/** The formula of a measure for a source of figures. */
export function formulaOf(measure: Measure, given: Parameters, { source, likeForLike: alike }: Holding): Formula {
  const formula = measure.formula(given, source satisfies Source);
  return alike ? likeForLike(formula) : formula;
}

/** How both sides of a figure are read in a table; null where the measure makes no sense in it. */
export function lensesOf(measure: Measure, formula: Formula, { catalogue, set }: Table): Lenses | null {
  const plain = lens(set, [], []);
  if (formula.kind === 'share') {
    const { of, categories, known } = formula;
    const split = set.filter((id) => of.includes(id));
    if (categories ? split.length > 0 : split.length === 0) return null;
    const added = of.map((id): Added => [id, codesOf(catalogue, id, (code) => categories?.includes(code) ?? true)]);
    const everyKnown = (categories ? [...of] : split).map((id): Added => [
      id,
      codesOf(catalogue, id, (code) => code !== 'unknown'),
    ]);
    return { part: categories ? lens(set, [], added) : plain, whole: lens(set, split, known ? everyKnown : []) };
  }
  if (!measure.within) return { part: plain, whole: plain };
  const { dimension, category } = measure.within;
  if (set.includes(dimension)) return null;
  const inside = lens(set, [], [[dimension, [category]]]);
  return { part: inside, whole: inside };
}

/** Whether the sources publish the table that a lens looks at. */
export function isPublished({ holding, grain }: Table, level: Level, { set }: Lens): boolean {
  const table = tableKey({ grain, level, dimensions: set });
  return set.length <= 3 && holding.policy.some((entry) => tableKey(entry) === table);
}

type Added = readonly [dimension: string, codes: readonly string[]];

function lens(from: readonly string[], dropped: readonly string[], added: readonly Added[]): Lens {
  const kept = from.filter((id) => !dropped.includes(id));
  const set = [...new Set([...kept, ...added.map(([id]) => id)])].sort();
  const members = (all: readonly Member[]): Member[] => {
    if (dropped.length === 0 && added.length === 0) return [...all];
    const found = new Map<string, Member>();
    for (const { area, codes } of all)
      for (const combination of combinations(added)) {
        const byId = new Map([...kept.map((id): [string, string] => [id, codes[from.indexOf(id)]!]), ...combination]);
        const member = { area, codes: set.map((id) => byId.get(id)!) };
        found.set([area, ...member.codes].join('|'), member);
      }
    return [...found.values()];
  };
  return { key: JSON.stringify([set, added]), set, members };
}

function combinations(added: readonly Added[]): [string, string][][] {
  return added.reduce<[string, string][][]>(
    (ways, [id, codes]) => ways.flatMap((way) => codes.map((code): [string, string][] => [...way, [id, code]])),
    [[]],
  );
}

function codesOf(catalogue: Catalogue, id: string, wanted: (code: string) => boolean): string[] {
  return [...catalogue.categoriesOf(id).keys()].filter(wanted);
}
