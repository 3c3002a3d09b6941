import type { Context } from './context.ts';
import { plan, type Plan } from './plan.ts';
import { Problems } from './problems.ts';
import type { Question } from './question.ts';
import { readPlans } from './reading.ts';
import { rowsOf } from './rows.ts';
import type { Asked } from './selection.ts';
import type { Row } from './table.ts';
import type { OpenRelease } from '../release/open-release.ts';
import type { Subject } from '@ahp/sql/measure';

/**
 * Puts the exact rows of one’s own employers in place of what everyone is told of them. `rows` are those of everybody, a list for each group. Rows in which
 * several organisations are added up stay as they are, and so does what own figures have no table of.
 */
export async function withOwnRows(
  rows: readonly Row[][],
  everybody: Plan,
  { subject, question, figures }: { subject: Subject; question: Question; figures: readonly Asked[] },
  own: OpenRelease,
  context: Context,
): Promise<Row[][]> {
  const asker = context.askerOf(own);
  const theirs = ([row]: readonly Row[]) => asker.organisations.includes(row!.area.code);
  const organisation = [...new Set(rows.filter(theirs).map(([row]) => row!.area.code))];
  if (organisation.length === 0 || everybody.source !== 'extracts') return [...rows];
  const ends = everybody.periods.map(({ end }) => end);
  const asked: Question = {
    ...question,
    where: { ...question.where, organisation },
    by: [...new Set([...(question.by ?? []), 'organisation'])],
    period: { range: { from: ends[0]!, to: ends.at(-1)!, grain: everybody.grain } },
  };
  const budget = context.extents.cells - context.spent.cells;
  const planned = plan(asked, subject, own.catalogue, asker, budget, own.others.catalogue, context.extents);
  if (planned instanceof Problems) return [...rows];
  context.spent.cells += planned.cost;
  const [read] = await readPlans(own, [planned], figures);
  const exact = new Map(
    rowsOf(planned, read!)
      .flat()
      .map((row) => [keyOf(row), row]),
  );
  return rows.map((group) => group.map((row) => exact.get(keyOf(row)) ?? row));
}

const keyOf = ({ area, period, categories }: Row) =>
  [area.code, period.end, ...Object.values(categories).map(({ code }) => code)].join('|');
