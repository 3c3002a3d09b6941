import type { OpenRelease } from '../release/open-release.ts';
import type { Figure } from '../query/figure.ts';
import { figureOf } from '../query/figures.ts';
import type { Plan } from '../query/plan.ts';
import { readPlans } from '../query/reading.ts';
import type { Asked } from '../query/selection.ts';

/** Figures in one statement: planning takes longer than reading, and grows faster than their number. */
const batch = 8;

/** Figures of the one group of a plan in each period, with what the plan compares them with. */
export async function comparedFigures(
  open: OpenRelease,
  plan: Plan,
  figures: readonly Asked[],
): Promise<{ asked: Asked; byPeriod: Figure[] }[]> {
  const { comparator } = plan;
  const batches = Array.from({ length: Math.ceil(figures.length / batch) }, (_, i) =>
    figures.slice(i * batch, (i + 1) * batch),
  );
  const reads = await Promise.all(batches.map(async (some) => (await readPlans(open, [plan], some))[0]!));
  return figures.map((one, i) => ({
    asked: one,
    byPeriod: plan.periods.map((period, p) => {
      const read = reads[Math.floor(i / batch)]!;
      const beside = comparator && {
        label: comparator.labels[0]!,
        period: comparator.periods[p] ?? null,
        members: comparator.members[0]!,
      };
      return figureOf(
        { plan, group: plan.groups[0]!, period, line: read.lineOf(0, p), beside },
        read.prepared[i % batch]!,
      );
    }),
  }));
}
