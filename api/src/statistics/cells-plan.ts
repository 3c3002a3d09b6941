import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../query/context.ts';
import { limits } from '../query/limits.ts';
import type { OpenRelease } from '../release/open-release.ts';
import { documentWith } from '../query/document.ts';
import { plan, type Plan } from '../query/plan.ts';
import { Problems } from '../query/problems.ts';
import type { OrganisationView, PeriodInput, Question, Where } from '../query/question.ts';
import { untried, type Alternative, type Refusal } from '../query/refusal.ts';

/** Arguments that every statistic takes. */
export interface Given {
  where?: Where | null;
  period?: PeriodInput | null;
  organisationView?: OrganisationView | null;
  release?: string | null;
}

/** Plans the cells that a statistic is made of, or says everything that stands in its way. `root` is the root field of the question. */
export function planCells(root: string, question: Question, open: OpenRelease, context: Context): Plan | Problems {
  const budget = limits.cells - context.spent.cells;
  const asked: Question = { source: 'extracts', ...question, first: limits.first };
  const made = plan(asked, 'staff', open.catalogue, context.askerOf(open), budget, open.others.catalogue);
  if (!(made instanceof Problems)) return made;
  const problems = new Problems(root);
  for (const { code, message, path } of made.list) problems.add(code, message, ...path.slice(1));
  return problems;
}

/** Counts the cells of plans against what the request may use, and gives their number. */
export function spend(context: Context, ...plans: readonly (Plan | null)[]): number {
  const cost = plans.reduce((sum, made) => sum + (made?.cost ?? 0), 0);
  context.spent.cells += cost;
  return cost;
}

/**
 * The refusal of a statistic, with up to three questions near it that work: one argument or filter left out if that is enough, else two,
 * else all of them. `works` tries a question without reading any cell.
 */
export function refuseWith<Question extends Given>(
  problems: Problems,
  given: Question,
  context: Context,
  info: GraphQLResolveInfo,
  works: (candidate: Question) => boolean,
): Refusal {
  const drops = dropsFrom(given);
  const single = drops.filter(({ given }) => works(given));
  const found =
    single.length > 0
      ? single
      : drops
          .flatMap((first) =>
            dropsFrom(first.given).map((second) => ({
              given: second.given,
              change: `${first.change} and ${second.change}`,
            })),
          )
          .filter(({ given }) => works(given));
  const bare = { release: given.release } as Question;
  const everything = works(bare) ? [{ given: bare, change: 'ask about everybody, with the default arguments' }] : [];
  const alternatives = [...(found.length > 0 ? found : everything)]
    .slice(0, 3)
    .map(({ given, change }): Alternative => ({
      description: `${change[0]!.toUpperCase()}${change.slice(1)}.`,
      query: documentWith(info, given),
      changes: [change],
      ...untried,
    }));
  return context.refuse(problems.list, alternatives);
}

/** The question with one filter or one argument less. */
function dropsFrom<Question extends Given>(given: Question): { given: Question; change: string }[] {
  const filters = Object.entries(given.where ?? {}).filter(([, codes]) => codes);
  const fewer = filters.map(([name]) => ({
    given: { ...given, where: whereOf(filters.filter(([other]) => other !== name)) },
    change: `drop the filter on ${words(name)}`,
  }));
  const others = Object.keys(given).filter(
    (name) => name !== 'where' && name !== 'release' && given[name as keyof Question] != null,
  );
  return [
    ...fewer,
    ...others.map((name) => ({ given: { ...given, [name]: null }, change: `leave ${words(name)} at its default` })),
  ];
}

const whereOf = (filters: readonly [string, unknown][]) =>
  filters.length > 0 ? (Object.fromEntries(filters) as Where) : null;

const words = (name: string) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** The periods asked for, by year unless the question names another grain; all years when none is named. */
export function yearly(period: PeriodInput | null | undefined, count = 600): PeriodInput {
  if (period?.at) return { at: { ...period.at, grain: period.at.grain ?? 'year' } };
  if (period?.range) return { range: { ...period.range, grain: period.range.grain ?? 'year' } };
  if (period?.last) return { last: { ...period.last, grain: period.last.grain ?? 'year' } };
  return { last: { count, grain: 'year' } };
}
