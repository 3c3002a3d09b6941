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
import { asUnclear, clearTogether } from '../query/clear-difference.ts';
import type { FunnelPoint } from './funnel.ts';
import type { SpcChart } from './spc.ts';
import type { Variation } from './xmr.ts';
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
  const before = own.map(({ byPeriod }) => byPeriod.at(-1)!.comparison);
  const count = wanted.length;
  const clear = clearTogether([...before, ...nation, ...like]);
  return own.map(({ asked: { measure }, byPeriod }, i) => {
    const figure = { ...byPeriod.at(-1)!, comparison: clear[i]! };
    const isCount = figure.denominator === null;
    return {
      measure,
      figure,
      versusNation: isCount ? null : clear[count + i]!,
      versusPeers: isCount ? null : clear[2 * count + i]!,
      peers: peers.label,
      change: changeOf(figure),
      statement: statementOf(figure, isCount ? null : clear[count + i]!),
    };
  });
}

const statementOf = ({ measure, display, comparison }: Figure, nation: ComparisonValue | null) =>
  [`${measure.title}: ${display}`, comparison?.statement, nation?.statement]
    .flatMap((part) => (part ? [`${part.replace(/\.$/, '')}.`] : []))
    .join(' ');

const changes: Record<Variation, Change> = {
  IMPROVEMENT: 'IMPROVING',
  CONCERN: 'WORSENING',
  SPECIAL_CAUSE: 'CHANGED',
  COMMON_CAUSE: 'NO_CLEAR_CHANGE',
};

const words = { IMPROVING: 'an improvement', WORSENING: 'a concern', CHANGED: 'a change' };

/**
 * The headline of a measure that the board also has a chart and a funnel of: one verdict each. Over time the chart decides, which knows more
 * years than one; beside the nation the funnel does, which knows how much organisations usually differ.
 */
export function withVerdicts(line: BoardFigure, chart: SpcChart | null, point: FunnelPoint | null): BoardFigure {
  if (!chart || chart.measure.id !== line.measure.id || chart.measure.title !== line.measure.title) return line;
  const change = chart.variation === null ? 'NOT_COMPARABLE' : changes[chart.variation];
  const clear = change === 'IMPROVING' || change === 'WORSENING' || change === 'CHANGED';
  const agrees = clear && change === changeOf(line.figure);
  const { comparison } = line.figure;
  const figure = {
    ...line.figure,
    comparison: comparison && !agrees ? asUnclear(comparison, ' by the chart of all years') : comparison,
  };
  const versusNation =
    line.versusNation && point && !point.flagged
      ? asUnclear(line.versusNation, ' beyond the usual spread of organisations')
      : line.versusNation;
  const said = clear && !agrees ? ` Over all the years of its chart: ${words[change]}.` : '';
  return { ...line, figure, versusNation, change, statement: `${statementOf(figure, versusNation)}${said}` };
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
