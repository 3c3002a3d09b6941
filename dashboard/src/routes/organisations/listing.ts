import type { Figure, Value } from '#lib/figure/figure.ts';
import { ask, present } from '#lib/server/ask.ts';
import { findMeasure } from '#lib/server/catalogue.ts';
import { fileAddress } from '#lib/server/figures.ts';
import { graphql, type VariablesOf } from '#lib/server/graphql.ts';
import { firstGrain, grainsOf, perYear, type View } from '#lib/server/view.ts';
import { toValue } from '#lib/server/pivot.ts';
import { provenance } from '#lib/server/provenance.ts';
import { type Answer, askQuestions, type Question } from '#lib/server/question.ts';
import { nationKey } from '#lib/server/options.ts';
import type { Keys } from '#lib/state/url-state.ts';

const document = graphql(`
  query Organisations($search: String, $nation: [Nation!], $region: [String!], $system: [String!], $after: String) {
    organisations(search: $search, nation: $nation, region: $region, system: $system, first: 20, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        code
        label
        kind
        nation {
          label
        }
        region {
          label
        }
        system {
          label
        }
      }
    }
  }
`);

export function organisationKeys(all: View): Keys {
  const places = (list: { code: string; label: string }[]) => list.map(({ code, label }) => ({ value: code, label }));
  return {
    ...(all.nations.length > 1 ? { nation: { ...nationKey(all), many: false } } : {}),
    ...(all.regions.length ? { region: { label: 'Region (England)', options: places(all.regions) } } : {}),
    ...(all.systems.length ? { system: { label: 'System or board area', options: places(all.systems) } } : {}),
  };
}

/** One page of the list; `after` is the cursor of the page before. */
export function findOrganisations(values: Record<string, string[]>, search: string | null, after: string | null) {
  const list = (name: string) => (values[name]?.length ? values[name] : undefined);
  const nation = list('nation')?.map((code) => code.toUpperCase()) as VariablesOf<typeof document>['nation'];
  return ask(document, { search, nation, region: list('region'), system: list('system'), after }).then((data) =>
    present(data.organisations),
  );
}

export type Found = Awaited<ReturnType<typeof findOrganisations>>;

export interface Line {
  headcount: Value;
  trend: Value[];
  leaverRate: Value;
}

const missing: Value = { value: null, status: 'NOT_AVAILABLE', display: '[x]' };

/** Headcount with its trend, and the leaver rate over the longest period there is, for the organisations of one page. */
export async function linesOf(all: View, codes: string[]) {
  const [headcount, leaverRate] = [findMeasure(all, 'headcount'), findMeasure(all, 'leaver_rate')];
  const grain = firstGrain(all);
  const years = grainsOf(all).includes('YEAR');
  const where = { staffGroup: all.population.where.staffGroup, organisation: codes };
  const questions: Record<string, Question> = {
    ...(headcount
      ? {
          staff: {
            measures: [headcount],
            arguments: { by: ['ORGANISATION'], where, period: { last: { count: perYear[grain] * 3 + 1, grain } } },
          },
        }
      : {}),
    ...(leaverRate
      ? {
          turnover: {
            measures: [leaverRate],
            arguments: {
              by: ['ORGANISATION'],
              where,
              period: { last: { count: 1, grain: years ? 'YEAR' : grain } },
            },
          },
        }
      : {}),
  };
  const answers = codes.length ? await askQuestions(questions) : {};
  const table = (name: string): Answer | null => (answers[name]?.kind === 'table' ? (answers[name] as Answer) : null);
  const [staff, turnover] = [table('staff'), table('turnover')];
  const lines = codes.map((code): Line => {
    const own =
      staff?.rows
        .filter((row) => row.area.code === code)
        .sort((one, other) => one.period.end.localeCompare(other.period.end)) ?? [];
    const trend = own.map((row) => toValue(row.measures.headcount));
    const rate = turnover?.rows.find((row) => row.area.code === code);
    return {
      headcount: trend.at(-1) ?? missing,
      trend,
      leaverRate: rate ? toValue(rate.measures.leaver_rate) : missing,
    };
  });
  return {
    lines,
    staff,
    turnover,
    headcountWhen: staff?.rows.at(-1)?.period.label ?? '',
    leaverWhen: turnover?.rows[0]?.period.label ?? '',
  };
}

/** The list as a figure, so that its file is made like every other. */
export function listFigure(
  all: View,
  found: Found,
  shown: Awaited<ReturnType<typeof linesOf>>,
  address: string,
): Figure {
  const answer = shown.turnover ?? shown.staff;
  return {
    id: 'organisations',
    kind: 'bar',
    title: 'Headcount and leaver rate',
    subtitle: `Headcount, ${shown.headcountWhen}, and leaver rate, ${shown.leaverWhen}, by organisation`,
    unit: 'percent',
    rowHeads: ['Organisation', 'Code'],
    rows: found.nodes.map(({ code, label }) => ({ key: code, labels: [label, code] })),
    series: [
      {
        key: 'headcount',
        label: 'Headcount',
        role: 'count',
        unit: 'people',
        values: shown.lines.map((line) => line.headcount),
      },
      { key: 'leaver_rate', label: 'Leaver rate', role: 'value', values: shown.lines.map((line) => line.leaverRate) },
    ],
    annotations: [],
    references: [],
    caveats: all.population.caveat ? [all.population.caveat] : [],
    provenance: provenance(all, answer?.source ?? 'EXTRACTS', answer?.statement ?? ''),
    permalink: address,
    csv: fileAddress(address, 'figure.csv', 'organisations'),
  };
}
