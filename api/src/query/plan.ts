import { tallies, type Tally } from '@ahp/sql/tally';
import { argumentsOf } from '@ahp/sql/arguments';
import type { Subject } from '@ahp/sql/measure';
import type { Asker } from '../identity/asker.ts';
import { tableKey, type Catalogue, type Grain, type Holding, type SourceId } from '../release/catalogue.ts';
import { limits, ofPage, type Extents } from './limits.ts';
import { areasOf, geographyOf, type Place } from './places.ts';
import { comparatorOf, type Comparator } from './comparator.ts';
import { dimensionById, geographies, levels, type Geography, type Level } from '../release/dimension.ts';
import type { Extent, Group } from './group.ts';
import { checkPage } from './page.ts';
import { unknownText } from './meant.ts';
import { grainOf, periodsOf } from './periods.ts';
import { Problems } from './problems.ts';
import type { OrganisationView, Question } from './question.ts';
import { measuresOf } from './selection.ts';

/** Which cells answer a question. */
export interface Plan extends Extent {
  /** The dimensions that the answer is split by, in the order asked for. */
  by: readonly string[];
  geographies: readonly Geography[];
  comparator: Comparator | null;
  first: number;
  offset: number;
  rest: boolean;
  /** As of today, a member counts in the periods in which it reported: before and after, it has no cell and no noise. */
  view: OrganisationView;
  /** Cells that the answer is made of. */
  cost: number;
}

/**
 * Plans an answer, or says everything that stands in its way. `budget` is how many cells the request may still use.
 * Reads catalogues only: nothing is asked of the database. `others` is the catalogue of what is known of everybody else, where own figures are asked for.
 */
export function plan(
  question: Question,
  subject: Subject,
  catalogue: Catalogue,
  asker: Asker,
  budget: number = limits.cells,
  others: Catalogue = catalogue,
  extents: Extents = ofPage,
): Plan | Problems {
  const problems = new Problems(subject);
  const source = question.source ?? catalogue.defaultSource;
  const by = [...new Set(question.by ?? [])];
  const dimensionsBy = by.filter((id) => !geographies.includes(id as Geography));
  const filters = filtersOf(question, catalogue, problems);
  for (const id of dimensionsBy)
    if (!catalogue.dimensions.some((dimension) => dimension.id === id))
      problems.add('UNKNOWN_DIMENSION', `The release has no figures by ${nameOf(id)}.`, 'by');
  const set = [...new Set([...dimensionsBy, ...filters.keys()])].sort();
  const geography = geographyOf(question, catalogue, asker, source, problems);
  const holdings = catalogue
    .holdingsOf(source)
    .filter(({ feed }) => !question.feed || source !== 'published' || feed === question.feed);
  if (holdings.length === 0)
    problems.add('SOURCE_NOT_HELD', sourceText(source, question.feed), question.feed ? 'feed' : 'source');
  const suits = suitability(holdings, geography.level, set, subject);
  const grain = grainOf(question.period, holdings, suits, carried(subject));
  const holding = [...holdings].sort((a, b) => suits(b, grain) - suits(a, grain))[0];
  const periods = holding ? periodsOf(question.period, grain, holding, problems) : [];
  if (holding) checkPolicy(holding, grain, geography.level, set, source, problems);
  checkPage(question, problems, extents);
  checkOrder(question, subject, by, problems);
  const places = problems.any ? [] : areasOf(geography, catalogue, problems);
  if (problems.any || !holding) return problems;
  const size = sizeOf(places, set, filters, catalogue) * periods.length;
  problems.cells = size;
  if (size > budget) problems.add('TOO_MANY_CELLS', budgetText(size, budget, extents), 'by');
  if (problems.any) return problems;

  const groups = groupsOf(places, dimensionsBy, set, filters, catalogue);
  const draft = { catalogue, source, holding, grain, level: geography.level, set, groups, periods };
  const comparator = question.compare ? comparatorOf(question.compare, draft, others, problems) : null;
  const cells = groups.reduce((sum, { members }) => sum + members.length, 0) * periods.length;
  const cost = cells + (comparator?.cost ?? 0);
  problems.cells = cost;
  if (cost > budget) problems.add('TOO_MANY_CELLS', budgetText(cost, budget, extents), 'by');
  if (problems.any) return problems;
  return {
    ...draft,
    by: dimensionsBy,
    geographies: geography.grouped,
    view: geography.view,
    comparator,
    first: question.first ?? 500,
    offset: question.offset ?? 0,
    rest: question.rest ?? false,
    cost,
  };
}

/** The categories that each filtered dimension is narrowed to. */
function filtersOf(question: Question, catalogue: Catalogue, problems: Problems): Map<string, readonly string[]> {
  const filters = new Map<string, readonly string[]>();
  for (const [id, { field }] of dimensionById) {
    const codes = question.where?.[field];
    if (!codes) continue;
    const known = catalogue.categoriesOf(id);
    const unknown = codes.filter((code) => !known.has(code));
    if (codes.length === 0)
      problems.add('NOTHING_SELECTED', `The filter on ${nameOf(id)} names no category.`, 'where', field);
    if (unknown.length > 0)
      problems.add('UNKNOWN_CATEGORY', unknownText(unknown, nameOf(id), [...known.values()]), 'where', field);
    filters.set(
      id,
      [...new Set(codes)].filter((code) => known.has(code)),
    );
  }
  return filters;
}

/** How well a publication (or the protected cells) answers by a grain: whether it holds the table, then how many of the subject’s tallies. */
function suitability(holdings: readonly Holding[], level: Level, set: readonly string[], subject: Subject) {
  const wanted = new Set(
    measuresOf(subject).flatMap((measure) =>
      Object.keys(measure.formula(argumentsOf(measure), holdings[0]?.source).numerator),
    ),
  );
  return ({ tallies, policy }: Holding, grain: Grain): number => {
    const table = tableKey({ grain, level, dimensions: set });
    const held = [...wanted].filter((tally) => tallies.has(`${table}|${tally}`)).length;
    const atAll = policy.some((entry) => entry.grain === grain) ? 0.5 : 0;
    return (policy.some((entry) => tableKey(entry) === table) ? 1000 : 0) + held + atAll;
  };
}

/** How many of a subject’s tallies the protected cells carry at a grain, in any table. */
function carried(subject: Subject) {
  const wanted = [
    ...new Set(
      measuresOf(subject).flatMap((measure) =>
        Object.keys(measure.formula(argumentsOf(measure), 'extracts').numerator),
      ),
    ),
  ];
  return ({ tallies, policy }: Holding, grain: Grain): number => {
    const tables = policy.filter((entry) => entry.grain === grain).map(tableKey);
    return wanted.filter((tally) => tables.some((table) => tallies.has(`${table}|${tally}`))).length;
  };
}

function checkPolicy(
  { policy }: Holding,
  grain: Grain,
  level: Level,
  set: readonly string[],
  source: SourceId,
  problems: Problems,
): void {
  if (policy.some((entry) => tableKey(entry) === tableKey({ grain, level, dimensions: set }))) return;
  const here = policy.filter((entry) => entry.grain === grain && entry.level === level);
  const where = `${levelText(level)} by ${grain}`;
  if (here.length === 0)
    return problems.add(
      'LEVEL_NOT_HELD',
      `There are no ${source === 'extracts' ? 'protected' : 'published'} figures for ${where}.`,
      'level',
    );
  const most = Math.max(...here.map(({ dimensions }) => dimensions.length));
  const dimensions = set.map(nameOf).join(', ');
  if (set.length > most)
    return problems.add(
      'TOO_MANY_DIMENSIONS',
      `For ${where}, figures are published by at most ${counted(most, 'dimension')}; this asks for ${set.length} (${dimensions}), filters included.`,
      'by',
    );
  problems.add(
    'NOT_PUBLISHED',
    `For ${where}, no figures are published by ${set.map(nameOf).join(' and ') || 'nothing at all'}${set.length > 1 ? ' together' : ''}.`,
    'by',
  );
}

function checkOrder({ orderBy, level }: Question, subject: Subject, by: readonly string[], problems: Problems): void {
  const names = measuresOf(subject).map(({ id }) => id);
  orderBy?.forEach(({ measure, dimension }, index) => {
    if ((measure == null) === (dimension == null))
      problems.add(
        'UNKNOWN_ORDER',
        'An order is by a measure or by a dimension: several orders are several items of the list.',
        'orderBy',
        String(index),
      );
    if (measure && !names.includes(measure))
      problems.add('UNKNOWN_ORDER', `${nameOf(measure)} is not a measure of ${subject}.`, 'orderBy', String(index));
    if (dimension && !by.includes(dimension) && dimension !== level)
      problems.add(
        'UNKNOWN_ORDER',
        `The answer is not split by ${nameOf(dimension)}, so it cannot be ordered by it.`,
        'orderBy',
        String(index),
      );
  });
}

/** Cells of one period, worked out before any of them is named. */
function sizeOf(
  places: readonly Place[],
  set: readonly string[],
  filters: ReadonlyMap<string, readonly string[]>,
  catalogue: Catalogue,
): number {
  const areas = places.reduce((sum, { members }) => sum + members.length, 0);
  return set.reduce((size, id) => size * (filters.get(id)?.length ?? catalogue.categoriesOf(id).size), areas);
}

function groupsOf(
  places: readonly Place[],
  by: readonly string[],
  set: readonly string[],
  filters: ReadonlyMap<string, readonly string[]>,
  catalogue: Catalogue,
): Group[] {
  const codesOf = (id: string) => filters.get(id) ?? [...catalogue.categoriesOf(id).keys()];
  const lines = product(
    by.map((id) => codesOf(id).map((code) => ({ id, category: catalogue.categoriesOf(id).get(code)! }))),
  );
  return places.flatMap((place) =>
    lines.map((line) => {
      const fixed = new Map(line.map(({ id, category }) => [id, [category.code]]));
      const codes = product(set.map((id) => fixed.get(id) ?? codesOf(id)));
      return {
        place,
        categories: Object.fromEntries(line.map(({ id, category }) => [id, category])),
        members: place.members.flatMap((area) => codes.map((combination) => ({ area: area.code, codes: combination }))),
      };
    }),
  );
}

/** Every way of taking one item from each list; one empty way when there are no lists. */
function product<Item>(lists: readonly (readonly Item[])[]): Item[][] {
  return lists.reduce<Item[][]>((ways, list) => ways.flatMap((way) => list.map((item) => [...way, item])), [[]]);
}

/** The tally that tells how full a table is, the same whatever measures are selected. */
export function baseTally(
  { tallies: held }: Holding,
  grain: Grain,
  level: Level,
  set: readonly string[],
): Tally | null {
  const table = tableKey({ grain, level, dimensions: set });
  return (Object.keys(tallies) as Tally[]).find((tally) => held.has(`${table}|${tally}`)) ?? null;
}

export function nameOf(id: string): string {
  return dimensionById.get(id)?.label.toLowerCase() ?? id.replaceAll('_', ' ');
}

export function levelText(level: Level): string {
  return level === 'uk' ? 'the United Kingdom' : level === 'system' ? 'systems' : `${level}s`;
}

function sourceText(source: SourceId, feed: string | null | undefined): string {
  if (feed) return 'The release has no such publication; catalogue.feeds lists those there are.';
  return source === 'extracts'
    ? 'The release holds no person-level extracts.'
    : 'The release holds no official published figures.';
}

function budgetText(cost: number, budget: number, { cells, whole }: Extents): string {
  const remedy = whole
    ? 'Ask for fewer periods, or for one nation or region at a time.'
    : `Ask for less, or take it as a file, such as /export.csv, which may use ${limits.fileCells.toLocaleString('en-GB')}.`;
  return `The answer would be made of ${cost.toLocaleString('en-GB')} cells and this request may still use ${Math.max(0, budget).toLocaleString('en-GB')} of ${cells.toLocaleString('en-GB')}. ${remedy}`;
}

const counted = (n: number, noun: string) => (n === 1 ? `one ${noun}` : `${n} ${noun}s`);

/** Levels finer than this one. */
export const finerThan = (level: Level) => levels.slice(levels.indexOf(level) + 1);
