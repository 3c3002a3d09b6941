import { breakWarnings } from './breaks.ts';
import { markWarnings } from './marks.ts';
import type { Plan } from './plan.ts';
import type { Asked } from './selection.ts';
import { snapshotWarnings } from './snapshots.ts';
import { predecessorsOf, todaysOrganisation } from './succession.ts';
import type { Row, Shown, Warning } from './table.ts';
import { vacancyWarnings } from './vacancy-methods.ts';
import { listed, lowerFirst, noiseStatement } from './words.ts';

/** What to know before using an answer; each thing once. */
export function warningsOf(plan: Plan, rows: readonly Row[], figures: readonly Asked[], noTotal: boolean): Warning[] {
  const { catalogue, source, periods } = plan;
  const { audience, release } = catalogue;
  const warnings: Warning[] = [];
  const add = (code: Warning['code'], message: string) => warnings.push({ code, message });

  if (source === 'extracts' && release.synthetic) add('SYNTHETIC', 'These figures are made up: they describe nobody.');
  const exact = [...new Set(rows.filter((row) => row.audience.id === 'own').map(({ area }) => area.label))];
  if (source === 'extracts' && exact.length > 0)
    add('OWN', `Figures of ${listed(exact)} are exact, for the employer’s own use: not for publication.`);
  if (source === 'extracts' && audience.v > 0) add('NOT_ADDITIVE', noiseStatement(audience));
  warnings.push(...figureWarnings(rows.map((row) => ({ ...row, figures: [...row.figures.values()] }))));
  const merged = successionText(plan);
  if (merged) add('SUCCESSION', merged);
  const provisional = periods.filter((period) => period.provisional);
  if (provisional.length > 0)
    add('PROVISIONAL', `${listed(provisional.map(({ label }) => label))} may still be revised.`);
  const incomplete = periods.filter(({ complete }) => !complete);
  if (incomplete.length > 0)
    add(
      'PROVISIONAL',
      `${listed(incomplete.map(({ label }) => label))}: part of a year, not comparable with a full one.`,
    );
  const apart = notComparable(rows, figures);
  if (apart.length > 0) add('NATIONS_NOT_COMPARABLE', `Not comparable between all nations: ${listed(apart)}.`);
  const smallBase = rows.filter((row) => [...row.figures.values()].some(({ status }) => status === 'CONFIDENTIAL'));
  if (smallBase.length > 0 && source === 'extracts')
    add(
      'LOW_BASE',
      `Some figures are withheld ([c]): rates need a base of at least ${audience.rateMinimum} people, tables of several dimensions at least 50 in an area, and rows of them that are split by a sensitive characteristic at least 30.`,
    );
  if (noTotal) add('NO_TOTAL', 'No total is given: it is not published for this filter and level.');
  return warnings;
}

/** What to know of the figures themselves: breaks in their series, how vacancies are counted, and who sent nothing. */
export const figureWarnings = (shown: readonly Shown[]): Warning[] => [
  ...breakWarnings(shown),
  ...vacancyWarnings(shown),
  ...snapshotWarnings(shown),
  ...markWarnings(shown),
];

/** Which of the places took others over, and how to follow them through or what following them means. */
function successionText({ catalogue, level, groups, view }: Plan): string | null {
  if (level !== 'organisation') return null;
  const members = [...new Map(groups.flatMap(({ place }) => place.members.map((area) => [area.code, area]))).values()];
  const latest = new Set(members.map((area) => todaysOrganisation(area, catalogue)));
  const stories = [...latest].flatMap((area) => {
    const before = predecessorsOf(area, catalogue).map(({ label }) => label);
    return before.length > 0 ? [`${area.label} took over from ${listed(before)}`] : [];
  });
  if (stories.length === 0) return null;
  return view === 'today'
    ? `${listed(stories, '; ')}: what they published is added up, and so is its protection.`
    : `${listed(stories, '; ')}: as at the time, each has its own figures; \`organisationView: AS_OF_TODAY\` follows them through.`;
}

/** Titles of measures shown for nations that may not be compared by them. */
function notComparable(rows: readonly Row[], figures: readonly Asked[]): string[] {
  const nations = new Set(
    rows.filter(({ isTotal, isRest }) => !isTotal && !isRest).map(({ area }) => area.within('nation')?.code ?? 'uk'),
  );
  if (nations.size < 2 && !nations.has('uk')) return [];
  const among = nations.has('uk') ? ['england', 'scotland', 'wales', 'northern_ireland'] : [...nations];
  return [
    ...new Set(
      figures
        .filter(({ measure }) => among.some((nation) => !measure.comparable.includes(nation as 'england')))
        .map(({ measure }) => lowerFirst(measure.title)),
    ),
  ];
}
