import { longDate } from '#lib/figure/dates.ts';
import { upperFirst } from '#lib/figure/words.ts';
import { ask, present } from '#lib/server/ask.ts';
import type { Catalogue } from '#lib/server/catalogue.ts';
import { graphql, type ResultOf } from '#lib/server/graphql.ts';
import { wantedRelease } from '#lib/server/release.ts';
import { calendarWords } from './calendar-words.ts';

const document = graphql(`
  query Differences($release: String) {
    quality(release: $release) {
      reporting: entries(section: "reporting", first: 5000) {
        area
        periodEnd
        value {
          value
        }
      }
      eligibility: entries(section: "eligibility") {
        area
        item
        note
      }
    }
    staff(by: [NATION], source: EXTRACTS, period: { last: { count: 1, grain: YEAR } }, release: $release) {
      __typename
      ... on StaffTable {
        rows {
          area {
            code
          }
          vacancies {
            methods {
              label
              meaning
            }
          }
        }
      }
    }
  }
`);

type Answer = Omit<ResultOf<typeof document>, 'quality'> & {
  quality: NonNullable<ResultOf<typeof document>['quality']>;
};

/** Something that nations do in ways of their own: a sentence or more for each nation, in the order of the catalogue. */
export interface Difference {
  label: string;
  cells: string[][];
}

function snapshots({ quality }: Answer, nation: string): string[] {
  const months = new Set(quality.reporting.map(({ periodEnd }) => periodEnd)).size;
  const reported = quality.reporting
    .filter(({ area, value, periodEnd }) => area === nation && (value?.value ?? 0) > 0 && periodEnd)
    .sort((one, other) => one.periodEnd!.localeCompare(other.periodEnd!));
  const last = reported.at(-1);
  return [
    `${calendarWords(
      reported.map(({ periodEnd }) => periodEnd!),
      months,
    )}.`,
    ...(last ? [`Latest ${longDate(last.periodEnd!)}, from ${last.value!.value} organisations.`] : []),
  ];
}

function methods({ staff }: Answer, nation: string): string[] {
  const rows = staff.__typename === 'StaffTable' ? staff.rows : [];
  const found = rows.find(({ area }) => area.code === nation)?.vacancies.methods ?? [];
  return found.map(({ label, meaning }) => `${upperFirst(label)}. ${meaning}`);
}

/** What the nations do in ways of their own: their snapshots, how they count vacancies, the breaks in their series. */
export async function differences(all: Catalogue): Promise<Difference[]> {
  const asked = await ask(document, { release: wantedRelease() });
  const answer: Answer = { ...asked, quality: present(asked.quality) };
  const row = (label: string, none: string, tell: (nation: string) => string[]): Difference => ({
    label,
    cells: all.nations.map(({ code }) => {
      const told = tell(code);
      return told.length > 0 ? told : [none];
    }),
  });
  return [
    row('Snapshots', 'None', (nation) => snapshots(answer, nation)),
    row('Not counted', 'No rule recorded', (nation) =>
      answer.quality.eligibility
        .filter(({ area }) => area === nation)
        .flatMap(({ item, note }) => [`${upperFirst(item)}.`, ...(note ? [`Rule: ${note}.`] : [])]),
    ),
    row('Vacancies', 'None recorded', (nation) => methods(answer, nation)),
    row('Breaks in series', 'None', (nation) =>
      all.breaks
        .filter((one) => one.nation?.code === nation)
        .map(({ label, from, meaning }) => `From ${longDate(from)}: ${label}. ${meaning}`),
    ),
  ];
}
