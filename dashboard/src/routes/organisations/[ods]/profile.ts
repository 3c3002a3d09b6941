import { error } from '@sveltejs/kit';
import type { Figure } from '#lib/figure/figure.ts';
import { ask } from '#lib/server/ask.ts';
import { findMeasure } from '#lib/server/catalogue.ts';
import { figureOf } from '#lib/server/figures.ts';
import type { Definition, Refusal } from '#lib/server/fragments.ts';
import { graphql } from '#lib/server/graphql.ts';
import { dimensionsAt, type Grain, perYear, type View } from '#lib/server/view.ts';
import { toValue } from '#lib/server/pivot.ts';
import { unitOf } from '#lib/server/provenance.ts';
import { type Answer, askQuestions, type Dimension, type Question, type Refused } from '#lib/server/question.ts';
import { measureCaveats } from '#lib/server/warning.ts';
import { type Keys, labelOf, type State, writeState } from '#lib/state/url-state.ts';

const document = graphql(`
  query Organisation($code: ID!) {
    organisation(code: $code) {
      code
      label
      kind
      nation {
        code
        label
      }
      region {
        label
      }
      system {
        label
      }
      successor
      predecessors {
        code
        label
      }
      validTo
    }
  }
`);

/** What the overview shows of the many measures, in this order; the others are on /trends and in the API. */
const overviewMeasures = [
  ...['headcount', 'fte', 'growth', 'support_per_registered', 'apprentice_share', 'vacancy_rate'],
  ...['leaver_rate', 'joiner_rate', 'stability_index', 'early_leaver_share', 'replacement_ratio'],
  ...[
    'band_up_rate',
    'stage_up_rate',
    'to_apprentice_rate',
    'to_registered_rate',
    'apprenticeship_starts',
    'achievement_rate',
  ],
  ...[
    'appraisal_rate',
    'pdp_rate',
    'career_conversation_rate',
    'mandatory_compliance',
    'cpd_participation',
    'supervision_rate',
  ],
  ...['bme_share', 'disabled_share', 'female_share', 'voice_that_counts', 'staff_engagement'],
];

const shownMeasures = (all: View): Definition[] => overviewMeasures.flatMap((id) => findMeasure(all, id) ?? []);

/** One organisation; 404 when there is none with this code. */
export async function organisation(code: string) {
  const found = (await ask(document, { code })).organisation;
  if (!found) error(404, `No organisation has the code “${code}”.`);
  return found;
}

function questions(
  all: View,
  code: string,
  grain: Grain,
  by: string | undefined,
  as: string | undefined,
): Record<string, Question> {
  const organisation = { organisation: [code] };
  const where = { staffGroup: all.population.where.staffGroup, ...organisation };
  const { source } = all;
  const organisationView = as === 'today' ? ('AS_OF_TODAY' as const) : ('AS_AT_THE_TIME' as const);
  const period = { last: { count: perYear[grain] * (grain === 'YEAR' ? 5 : 3) + 1, grain } };
  const bySubject = Map.groupBy(shownMeasures(all), (measure) => measure.subject);
  const overview = [...bySubject].map(([subject, measures]) => [
    subject,
    {
      measures,
      arguments: { by: ['ORGANISATION' as const], where, period, source, organisationView, compare: { nation: true } },
    },
  ]);
  const headcount = findMeasure(all, 'headcount');
  return {
    ...Object.fromEntries(overview),
    ...(headcount && by
      ? {
          split: {
            measures: [headcount],
            arguments: {
              by: ['ORGANISATION', by.toUpperCase() as Dimension],
              where: by === 'staff_group' ? organisation : where,
              source,
              organisationView,
              period: { last: { count: 1, grain: grainOfSplit(all, grain, by) } },
            },
          },
        }
      : {}),
  };
}

/** Details of an organisation are published by year: a quarter has its headlines. */
function grainOfSplit(all: View, grain: Grain, by: string): Grain {
  const held = [grain, 'YEAR' as const].find((one) =>
    dimensionsAt(all, 'ORGANISATION', one).some(({ id }) => id.toLowerCase() === by),
  );
  return held ?? grain;
}

export interface OverviewLine {
  ask: string;
  measure: Definition;
  when: string;
  value: ReturnType<typeof toValue>;
  trend: ReturnType<typeof toValue>[];
  verdict: string | null;
}

function overviewLines(all: View, answers: Record<string, Answer | Refused>): OverviewLine[] {
  const place = (line: OverviewLine): number => all.asks.findIndex((ask) => ask.label === line.ask);
  const lines = shownMeasures(all).flatMap((measure) => {
    const answer = answers[measure.subject];
    if (answer?.kind !== 'table') return [];
    const rows = answer.rows
      .filter((row) => !row.isTotal)
      .sort((one, other) => one.period.end.localeCompare(other.period.end));
    const last = rows.at(-1);
    const trend = rows.map((row) => toValue(row.measures[measure.id]));
    const value = trend.at(-1);
    if (!last || !value || trend.every((one) => ['NOT_APPLICABLE', 'NOT_AVAILABLE'].includes(one.status))) return [];
    return [
      {
        ask:
          all.asks.find((ask) => ask.id === measure.ask || ask.measures.some(({ id }) => id === measure.id))?.label ??
          '',
        measure,
        when: last.period.label,
        value,
        trend,
        verdict: last.measures[measure.id]?.comparison?.statement ?? null,
      },
    ];
  });
  return lines.sort((one, other) => place(one) - place(other));
}

function overviewFigure(
  all: View,
  name: string,
  lines: OverviewLine[],
  answer: Answer,
  address: string,
): Figure | null {
  const measure = lines[0]?.measure;
  if (!measure) return null;
  const base = figureOf(all, answer, {
    id: 'overview',
    kind: 'bar',
    measure,
    down: 'period',
    rowHead: 'Measure',
    title: 'All measures',
    subtitle: `All measures, ${name}`,
    address,
  });
  return {
    ...base,
    rows: lines.map((line) => ({ key: line.measure.id, labels: [line.measure.title, line.when] })),
    rowHeads: ['Measure', 'Period'],
    meaning: undefined,
    series: lines.map((line, place) => ({
      key: line.measure.id,
      label: line.measure.title,
      role: 'value',
      unit: unitOf(line.measure),
      values: lines.map((_, row) =>
        row === place ? line.value : { value: null, status: 'NOT_APPLICABLE', display: '[z]' },
      ),
    })),
  };
}

/** The overview, figures and refusals of one organisation for one address; one request besides the catalogue. */
export async function profile(all: View, code: string, name: string, keys: Keys, state: State<Keys>) {
  const grain = (state.values.grain?.[0]?.toUpperCase() ?? 'QUARTER') as Grain;
  const by = state.values.by?.[0];
  const address = writeState(`/organisations/${encodeURIComponent(code)}`, keys, state.values);
  const answers: Record<string, Answer | Refused> = await askQuestions(
    questions(all, code, grain, by, state.values.as?.[0]),
  );
  const lines = overviewLines(all, answers);
  const figures: Figure[] = [];
  const refused: { title: string; refusal: Refusal }[] = [];

  for (const id of ['headcount', 'leaver_rate', 'stability_index']) {
    const measure = findMeasure(all, id);
    const answer = measure && answers[measure.subject];
    if (!measure || answer?.kind !== 'table' || answer.rows.length < 2) continue;
    figures.push(
      figureOf(all, answer, {
        id: id.replaceAll('_', '-'),
        kind: 'line',
        measure,
        down: 'period',
        rowHead: 'Period',
        subtitle: `${measure.title}, ${name}`,
        address,
      }),
    );
  }
  const split = answers.split;
  if (split && by) {
    const measure = findMeasure(all, 'headcount') as Definition;
    const label = labelOf(keys.by, by).toLowerCase();
    const title = `Headcount by ${label}`;
    if (split.kind === 'refused') refused.push({ title, refusal: split.refusal });
    else if (split.rows.length)
      figures.push(
        figureOf(all, split, {
          id: 'split',
          kind: 'bar',
          measure,
          down: by.toUpperCase() as Dimension,
          rowHead: labelOf(keys.by, by),
          subtitle: `${title}, ${name}, ${split.rows[0]?.period.label}`,
          address,
        }),
      );
  }
  const tables = Object.values(answers).filter((answer) => answer.kind === 'table');
  const whole = tables[0];
  const noAnswer = Object.entries(answers).flatMap(([subject, answer]) =>
    answer.kind === 'refused' && subject !== 'split' ? [{ title: subject, refusal: answer.refusal }] : [],
  );
  const { caveat } = all.population;
  return {
    lines,
    notes: measureCaveats(tables.flatMap(({ warnings }) => warnings)),
    caveat,
    figures,
    refused: [...refused, ...noAnswer],
    overview: whole ? overviewFigure(all, name, lines, whole, address) : null,
    instead: allowed(all, grain, keys, state, code),
  };
}

/** Splits that are published for one organisation at this grain, as links to this page. */
function allowed(all: View, grain: Grain, keys: Keys, state: State<Keys>, code: string) {
  const alone = dimensionsAt(all, 'ORGANISATION', grain).map((dimension) => dimension.id.toLowerCase());
  return (keys.by?.options ?? [])
    .filter((option) => alone.includes(option.value))
    .map((option) => ({
      label: `Headcount by ${option.label.toLowerCase()}`,
      href: `${writeState(`/organisations/${encodeURIComponent(code)}`, keys, { ...state.values, by: [option.value] })}#split`,
    }));
}
