import type { Measure } from '@ahp/sql/measure';
import { measureById } from '@ahp/sql/registry';
import type { AreaRecord } from '../release/catalogue.ts';
import type { Context } from '../query/context.ts';
import type { OpenRelease } from '../release/open-release.ts';
import type { ComparisonValue, Figure } from '../query/figure.ts';
import type { Plan } from '../query/plan.ts';
import { Problems } from '../query/problems.ts';
import type { Question } from '../query/question.ts';
import { asked } from '../query/selection.ts';
import { planCells, spend, type Given } from './cells-plan.ts';
import { changeOf, type Change } from './change.ts';
import { comparedFigures } from './compared-figures.ts';
import { peersOf } from './peers.ts';

/** The organisation that a board looks at, and what it is looked at with. */
export interface BoardParts {
  open: OpenRelease;
  context: Context;
  /** The organisation, as at the time or as of today. */
  asked: Pick<Given, 'where' | 'organisationView'>;
  area: AreaRecord;
}

export interface BoardFigure {
  measure: Measure;
  figure: Figure;
  versusNation: ComparisonValue | null;
  versusPeers: ComparisonValue | null;
  peers: string;
  change: Change;
  statement: string;
}

const overview = [
  'headcount',
  'leaver_rate',
  'joiner_rate',
  'stability_index',
  'band_up_rate',
  'appraisal_rate',
  'cpd_participation',
  'apprentice_share',
  'vacancy_rate',
];

export const latestYear = { last: { count: 1, grain: 'year' } } as const;

/** The plan of the headline figures of the latest year, compared as `compare` says. */
export function overviewPlan(
  asked: BoardParts['asked'],
  open: OpenRelease,
  context: Context,
  compare: Question['compare'],
): Plan | Problems {
  return planCells('board', { ...asked, by: [], period: latestYear, compare }, open, context);
}

/** The headline figures, each beside the year before, its nation and its peers. */
export async function overviewOf(parts: BoardParts, plan: Plan): Promise<BoardFigure[]> {
  const { open, context, asked: place, area } = parts;
  const wanted = overview.map((id) => asked(measureById(id), {}));
  const peers = peersOf(area, open.catalogue);
  const beside = async (made: Plan | Problems | null): Promise<(ComparisonValue | null)[]> => {
    if (!made || made instanceof Problems) return wanted.map(() => null);
    spend(context, made);
    return (await comparedFigures(open, made, wanted)).map(({ byPeriod }) => byPeriod.at(-1)!.comparison);
  };
  const [own, nation, like] = await Promise.all([
    comparedFigures(open, plan, wanted),
    beside(overviewPlan(place, open, context, { nation: true })),
    beside(withPeers(overviewPlan(place, open, context, { peers: 'NATION' }), peers)),
  ]);
  return own.map(({ asked: { measure }, byPeriod }, i) => {
    const figure = byPeriod.at(-1)!;
    const isCount = figure.denominator === null;
    return {
      measure,
      figure,
      versusNation: isCount ? null : nation[i]!,
      versusPeers: isCount ? null : like[i]!,
      peers: peers.label,
      change: changeOf(figure),
      statement: [
        `${measure.title}: ${figure.display}`,
        figure.comparison?.statement,
        isCount ? null : nation[i]?.statement,
      ]
        .flatMap((part) => (part ? [`${part.replace(/\.$/, '')}.`] : []))
        .join(' '),
    };
  });
}

/** The plan with peers of our choice in place of those of the whole nation. */
function withPeers(made: Plan | Problems, { areas, label }: ReturnType<typeof peersOf>): Plan | null {
  if (made instanceof Problems || !made.comparator || areas.length === 0) return null;
  const members = made.groups.map(() => areas.map(({ code }) => ({ area: code, codes: [] })));
  return {
    ...made,
    comparator: { ...made.comparator, members, labels: [label], cost: areas.length },
    cost: areas.length + 1,
  };
}
