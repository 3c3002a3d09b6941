import type { Figure } from './figure.ts';
import { figureOf } from './figures.ts';
import type { Group } from './group.ts';
import type { Plan } from './plan.ts';
import type { PlanRead } from './reading.ts';
import type { Row } from './table.ts';

/** The rows of each group, oldest period first; none for a group of which a publication holds nothing. */
export function rowsOf(plan: Plan, read: PlanRead): Row[][] {
  return plan.groups.map((group, g) => {
    const found = plan.periods.some((_, p) => read.lineOf(g, p).found);
    return found || isExpected(plan, group) ? plan.periods.map((_, p) => rowOf(plan, read, g, p)) : [];
  });
}

/** Whether a group is shown even if none of its cells exists: it is a zero of protected cells, of a place that reported. */
function isExpected({ holding, grain, level, periods }: Plan, { place }: Group): boolean {
  if (holding.source === 'published') return false;
  if (level !== 'organisation') return true;
  return place.members.some(({ code }) => periods.some(({ end }) => holding.reported.has(`${grain}|${end}|${code}`)));
}

function rowOf(plan: Plan, { prepared, lineOf }: PlanRead, g: number, p: number): Row {
  const { comparator } = plan;
  const [group, period] = [plan.groups[g]!, plan.periods[p]!];
  const beside = comparator && {
    label: comparator.labels[g]!,
    period: comparator.periods[p] ?? null,
    members: comparator.members[g]!,
  };
  const setting = { plan, group, period, line: lineOf(g, p), beside };
  return {
    isTotal: false,
    isRest: false,
    audience: plan.catalogue.audience,
    level: group.place.area.level,
    area: group.place.area,
    period,
    categories: group.categories,
    figures: new Map(prepared.map((one): [string, Figure] => [one.key, figureOf(setting, one)])),
  };
}
