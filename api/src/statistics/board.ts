import type { GraphQLResolveInfo } from 'graphql';
import type { AreaRecord, PeriodRecord } from '../release/catalogue.ts';
import type { Context } from '../query/context.ts';
import type { OpenRelease } from '../release/open-release.ts';
import { Problems } from '../query/problems.ts';
import type { Where } from '../query/question.ts';
import type { Refusal } from '../query/refusal.ts';
import { isShown } from '../query/status.ts';
import type { Warning } from '../query/table.ts';
import { figureWarnings, warningsOf } from '../query/warnings.ts';
import { overviewPlan } from './board-overview.ts';
import { questionsFor } from './board-questions.ts';
import { sectionsOf, type BoardSections } from './board-sections.ts';
import { openFor } from '../query/open-for.ts';
import { spend, type Given } from './cells-plan.ts';

export interface BoardGiven extends Given {
  organisation: string;
}

/** The board page of one organisation. */
export interface Board extends BoardSections {
  kind: 'table';
  open: OpenRelease;
  area: AreaRecord;
  period: PeriodRecord;
  questions: string[];
  warnings: Warning[];
  statement: string;
  cost: number;
}

/** Everything that the board of an organisation looks at, in one answer. */
export async function board(given: BoardGiven, context: Context, info: GraphQLResolveInfo): Promise<Board | Refusal> {
  const where: Where = { organisation: [given.organisation] };
  const open = await openFor('board', { ...given, where }, context, info);
  if ('kind' in open) return open;
  const organisationView = given.organisationView ?? (context.askerOf(open).audience === 'own' ? 'time' : 'today');
  const made = overviewPlan({ where, organisationView }, open, context, { yearAgo: true });
  if (made instanceof Problems) return context.refuse(underOrganisation(made), []);
  const before = context.spent.cells;
  spend(context, made);
  const { area } = made.groups[0]!.place;
  const sections = await sectionsOf({ open, context, asked: { where, organisationView }, area }, made);
  const { overview, leaverSpc } = sections;
  const period = made.periods.at(-1)!;
  const shown = overview.filter(({ figure }) => isShown(figure.status)).length;
  return {
    kind: 'table',
    open,
    area,
    period,
    ...sections,
    questions: questionsFor(sections),
    warnings: [
      ...warningsOf(made, [], [], false),
      ...figureWarnings(overview.map(({ figure }) => ({ area, period, figures: [figure] }))),
    ],
    statement:
      `${area.label}, ${period.label}: ${shown} of ${overview.length} headline figures can be shown. ${leaverSpc?.statement ?? ''}`.trim(),
    cost: context.spent.cells - before,
  };
}

const underOrganisation = ({ list }: Problems) =>
  list.map((problem) => ({ ...problem, path: ['board', 'organisation'] }));
