import type { Plan } from './plan.ts';
import { byMeasure, type OrderInput } from './question.ts';
import { askedByOrder } from './selection.ts';
import type { Row } from './table.ts';

/** Compares two groups of rows; negative when the first one comes first. */
type Compare = (a: Row[], b: Row[]) => number;

/**
 * Groups in the order asked for: a measure by its value in the latest period (withheld ones last, whichever way), a dimension by the
 * order of its categories, a geography by name. Ties go by area and category in the order of the answer, so paging is stable.
 */
export function orderOf(groups: readonly Row[][], orders: readonly OrderInput[], plan: Plan): Row[][] {
  const compares = [...orders.map((order) => compareBy(order, plan)), naturally(plan)];
  return [...groups].sort((a, b) => {
    for (const compare of compares) {
      const sign = compare(a, b);
      if (sign !== 0) return sign;
    }
    return 0;
  });
}

function compareBy(order: OrderInput, plan: Plan): Compare {
  if (byMeasure(order)) {
    const { key } = askedByOrder(order);
    const sign = order.direction === 'asc' ? 1 : -1;
    const valueOf = (rows: Row[]) => rows.at(-1)!.figures.get(key)?.value ?? null;
    return (a, b) => withheldLast(valueOf(a), valueOf(b), sign);
  }
  const dimension = order.dimension!;
  const sign = order.direction === 'desc' ? -1 : 1;
  const ranks = rankOf(dimension, plan);
  if (ranks) return (a, b) => sign * (ranks(a[0]!) - ranks(b[0]!));
  const nameOf = (rows: Row[]) => rows[0]!.area.within(dimension as 'nation')?.label ?? '';
  return (a, b) => sign * nameOf(a).localeCompare(nameOf(b), 'en-GB');
}

function withheldLast(a: number | null, b: number | null, sign: number): number {
  if (a === null || b === null) return (a === null ? 1 : 0) - (b === null ? 1 : 0);
  return sign * (a - b);
}

function naturally(plan: Plan): Compare {
  const ranks = plan.by.map((id) => rankOf(id, plan)!);
  return (a, b) => {
    const [x, y] = [a[0]!, b[0]!];
    const byName =
      x.area.label.localeCompare(y.area.label, 'en-GB') ||
      (x.area.code < y.area.code ? -1 : x.area.code > y.area.code ? 1 : 0);
    return byName || ranks.reduce((sign, rank) => sign || rank(x) - rank(y), 0);
  };
}

function rankOf(dimension: string, { catalogue, by }: Plan): ((row: Row) => number) | null {
  if (!by.includes(dimension)) return null;
  const ranks = new Map([...catalogue.categoriesOf(dimension).keys()].map((code, index) => [code, index]));
  return (row) => ranks.get(row.categories[dimension]!.code) ?? 0;
}
