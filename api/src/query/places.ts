import type { Asker } from '../identity/asker.ts';
import type { AreaRecord, Catalogue, SourceId } from '../release/catalogue.ts';
import { geographies, levels, type Geography, type Level } from '../release/dimension.ts';
import { unknownText } from './meant.ts';
import type { Problems } from './problems.ts';
import type { OrganisationView, Question } from './question.ts';
import { todaysOrganisation } from './succession.ts';

/** A place of an answer: one area, or several that are added up. */
export interface Place {
  area: AreaRecord;
  members: readonly AreaRecord[];
}

/** Where a question is about: the level of the cells, the filters on it, and the geographies that split the answer. */
export interface GeographyAsked {
  level: Level;
  filters: readonly { geography: Geography; codes: readonly string[] }[];
  grouped: readonly Geography[];
  /** Whether an organisation is the one of the time, or the one of today with all that went into it. */
  view: OrganisationView;
}

/**
 * The geography of a question. The level is the finest one that it names in `by`, `where` or `level`. An employer’s own figures are
 * about its people alone, whatever the question says.
 */
export function geographyOf(
  question: Question,
  catalogue: Catalogue,
  asker: Asker,
  source: SourceId,
  problems: Problems,
): GeographyAsked {
  const filters = geographies.flatMap((geography) => {
    const codes = question.where?.[geography];
    return codes ? [{ geography, codes: [...new Set(codes)] as readonly string[] }] : [];
  });
  for (const { geography, codes } of filters) {
    if (codes.length === 0)
      problems.add('NOTHING_SELECTED', `The filter on ${geography} names no area.`, 'where', geography);
    const unknown = codes.filter((code) => !catalogue.area(geography, code));
    if (unknown.length > 0)
      problems.add(
        'UNKNOWN_AREA',
        `${unknownText(unknown, geography, catalogue.areasAt(geography))} \`organisations(search:)\` and \`catalogue.areas\` list them.`,
        'where',
        geography,
      );
  }
  if (asker.audience === 'own' && source === 'extracts') filters.push(...ownFilter(question, asker, problems));
  const by = geographies.filter((geography) => question.by?.includes(geography));
  const grouped = geographies.filter((geography) => by.includes(geography) || question.level === geography);
  const named: Level[] = [...grouped, ...filters.map(({ geography }) => geography), 'uk'];
  const level = levels.findLast((candidate) => named.includes(candidate))!;
  const view = question.organisationView ?? 'time';
  if (view === 'today' && asker.audience === 'own' && source === 'extracts')
    problems.add(
      'NOT_YOURS',
      'Figures for one employer’s own use are about the people under its own code, not about those of organisations that went into it.',
      'organisationView',
    );
  const covered = level === 'uk' && source === 'published' && !question.level ? nationsPublished(catalogue) : [];
  if (covered.length > 0) return { level: 'nation', filters: [{ geography: 'nation', codes: covered }], grouped, view };
  return { level, filters, grouped, view };
}

/** The nations that publications cover, when none of them covers the UK: no place named then means these. */
function nationsPublished(catalogue: Catalogue): string[] {
  const holdings = catalogue.holdingsOf('published');
  if (holdings.some(({ policy }) => policy.some(({ level }) => level === 'uk'))) return [];
  const covered = new Set(holdings.flatMap(({ nations }) => [...nations]));
  return catalogue.areasAt('nation').flatMap(({ code }) => (covered.has(code) ? [code] : []));
}

function ownFilter(question: Question, asker: Asker, problems: Problems): GeographyAsked['filters'] {
  const asked = question.where?.organisation ?? [];
  if (asked.some((code) => !asker.organisations.includes(code)))
    problems.add(
      'NOT_YOURS',
      'Figures for an employer’s own use are about that employer alone; ask without a key, or as a trusted user, about others.',
      'where',
      'organisation',
    );
  return [{ geography: 'organisation', codes: asker.organisations }];
}

/**
 * The places of the answer: every area of the level that all filters reach, each alone or added up by the grouping geographies. As of today,
 * the published figures of organisations that went into another are added to those of the other, which stands for all of them.
 */
export function areasOf(
  { level, filters, grouped, view }: GeographyAsked,
  catalogue: Catalogue,
  problems: Problems,
): Place[] {
  const seen = (area: AreaRecord) => (view === 'today' ? todaysOrganisation(area, catalogue) : area);
  const reached = filters.map(({ geography, codes }) => ({
    geography,
    codes: new Set(
      codes.map((code) => {
        const area = catalogue.area(geography, code);
        return area ? seen(area).code : code;
      }),
    ),
  }));
  const reaches = (area: AreaRecord) =>
    reached.every(({ geography, codes }) => codes.has(area.within(geography)?.code ?? ''));
  const areas = catalogue.areasAt(level).filter((area) => reaches(seen(area)));
  if (areas.length === 0 && !problems.any)
    problems.add('UNKNOWN_AREA', `No ${level} lies in the places asked for.`, filters.length ? 'where' : 'level');
  const alone = level === 'uk' || grouped.includes(level as Geography);
  const keyOf = (area: AreaRecord) =>
    alone ? area.code : grouped.map((geography) => area.within(geography)?.code ?? '').join('|');
  return [...Map.groupBy(areas, (area) => keyOf(seen(area))).values()].map((members) => ({
    area: together([...new Set(members.map(seen))]),
    members,
  }));
}

/** Several areas as one: named after all of them, or by their number, lying in what they have in common. */
export function together(members: readonly AreaRecord[]): AreaRecord {
  const [first] = members;
  if (members.length === 1) return first!;
  const common = (level: Geography) =>
    members.every((area) => area.within(level)?.code === first!.within(level)?.code) ? first!.within(level) : null;
  const labels = members.map(({ label }) => label);
  return {
    level: first!.level,
    code: members
      .map(({ code }) => code)
      .sort()
      .join('+'),
    label:
      labels.length <= 3
        ? `${labels.slice(0, -1).join(', ')} and ${labels.at(-1)}`
        : `${labels.length} ${first!.level}s together`,
    labelCy: null,
    kind: null,
    sizeBand: null,
    validFrom: null,
    validTo: null,
    successor: null,
    nation: common('nation')?.code ?? null,
    region: common('region')?.code ?? null,
    system: common('system')?.code ?? null,
    within: (level) => (level === first!.level ? null : common(level)),
  };
}
