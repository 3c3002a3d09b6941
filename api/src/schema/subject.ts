import { subjects, type Measure as MeasureSpec, type Subject } from '@ahp/sql/measure';
import { measures } from '@ahp/sql/registry';
import { limits } from '../query/limits.ts';
import { answer } from '../query/answer.ts';
import { dimensions, fieldName } from '../release/dimension.ts';
import { askedByName, figureKey, measuresOf } from '../query/selection.ts';
import type { Question } from '../query/question.ts';
import type { Refusal } from '../query/refusal.ts';
import type { Row, Table } from '../query/table.ts';
import { noiseStatement } from '../query/words.ts';
import { Answer } from './answer.ts';
import { builder } from './builder.ts';
import { DimensionEnum, Grain, LevelEnum, Source } from './enums.ts';
import { Audience } from './me.ts';
import { Measure, MeasureName, parameterEnums } from './measure.ts';
import { AreaRef, Category, Period } from './place.ts';
import { QueryRefused } from './refusal.ts';
import { Limits } from './table.ts';
import { CompareInput, OrderInput, organisationViewArg, PeriodInput, WhereInput } from './where.ts';

const text: Record<Subject, string> = {
  staff: 'Who is in post: people and full-time equivalents.',
  turnover: 'Joining, leaving and staying.',
  retention: 'How long people stay.',
  progression: 'Moving up: bands, stages, apprenticeships, registration.',
  training: 'Training, development, appraisals and career conversations.',
  apprenticeships: 'Apprenticeships: starts, learners, achievements, withdrawals.',
  equity: 'Fairness between groups of people.',
  voice: 'What staff say in surveys.',
};

/** A row of any subject: one fragment on it serves all. */
const RowInterface = builder.interfaceRef<Row>('Row').implement({
  description: 'A row of any subject: one place, one period and one category of each dimension asked for.',
  fields: (t) => ({
    isTotal: t.exposeBoolean('isTotal', {
      description: 'A total from cells of its own; parts may not add up to it.',
    }),
    isRest: t.exposeBoolean('isRest', { description: '“All other”: the groups beyond the first ones, added up.' }),
    audience: t.field({
      type: Audience,
      description:
        'Whose figures these are. With an employer’s key, its own rows are exact, and other rows are as the public sees them.',
      resolve: (row) => row.audience,
    }),
    level: t.field({ type: LevelEnum, resolve: (row) => row.level }),
    area: t.field({ type: AreaRef, resolve: (row) => row.area }),
    period: t.field({ type: Period, resolve: (row) => row.period }),
    category: t.field({
      type: Category,
      nullable: true,
      description:
        'The category of a dimension. Null when the answer is not split by it, in totals and in “all other”, and for geographies, which are in `area`.',
      args: { of: t.arg({ type: DimensionEnum, required: true, description: 'The dimension, as in `by`.' }) },
      resolve: (row, { of }) => row.categories[of] ?? null,
    }),
    measure: t.field({
      type: Measure,
      nullable: true,
      description:
        'A measure by its name, as the field of that name gives it. Null where the subject does not have it.',
      args: {
        name: t.arg({ type: MeasureName, required: true, description: 'The measure.' }),
        method: t.arg({ type: parameterEnums.method, description: 'How the rate is made, for measures that take it.' }),
        scope: t.arg({
          type: parameterEnums.scope,
          description: 'What counts as joining or leaving, for measures that take it.',
        }),
        basis: t.arg({ type: parameterEnums.basis, description: 'What is counted, for measures that take it.' }),
      },
      resolve: (row, { name, ...given }) => row.figures.get(askedByName(name, given).key) ?? null,
    }),
  }),
});

/** A table of any subject. */
const TableInterface = builder.interfaceRef<Table>('Table').implement({
  description: 'The answer to a question about any subject, with its rows.',
  interfaces: [Answer],
  fields: (t) => ({
    source: t.field({ type: Source, resolve: (table) => table.source }),
    grain: t.field({ type: Grain, resolve: (table) => table.grain }),
    level: t.field({ type: LevelEnum, resolve: (table) => table.level }),
    rows: t.field({ type: [RowInterface], resolve: (table) => table.rows }),
    rowCount: t.exposeInt('rowCount', { description: 'Rows of the whole answer, before paging and without totals.' }),
    groupCount: t.exposeInt('groupCount', {
      description: 'Groups of the whole answer; `first` and `offset` count these.',
    }),
    limits: t.field({ type: Limits, resolve: () => limits }),
    statement: t.string({
      description: 'How these figures are protected, to print with them.',
      resolve: ({ open, source }) =>
        source === 'extracts' ? noiseStatement(open.catalogue.audience) : 'Official figures, as published.',
    }),
  }),
});

/** Adds one root field with its row, table and result types; every measure of the subject becomes a field of the row. */
function defineSubject(subject: Subject): void {
  const Name = subject[0]!.toUpperCase() + subject.slice(1);

  const RowRef = builder.objectRef<Row>(`${Name}Row`).implement({
    description: 'One place, one period and one category of each dimension asked for, with its figures.',
    interfaces: [RowInterface],
    fields: (t) => ({
      ...Object.fromEntries(
        dimensions.map(({ id, field, label }) => [
          field,
          t.field({
            type: Category,
            nullable: true,
            description: `${label}; null when the answer is not split by it, in totals and in “all other”.`,
            resolve: (row) => row.categories[id] ?? null,
          }),
        ]),
      ),
      ...Object.fromEntries(
        measuresOf(subject).map((measure) => [
          fieldName(measure.id),
          t.field({
            type: Measure,
            description: describe(measure),
            args: parameterArgs(measure, t),
            resolve: (row, given) => row.figures.get(figureKey(measure, given))!,
          }),
        ]),
      ),
    }),
  });

  const TableRef = builder.objectRef<Table>(`${Name}Table`).implement({
    description: 'An answer, with the release it came from and what to know before using it.',
    interfaces: [Answer, TableInterface],
    fields: (t) => ({
      rows: t.field({ type: [RowRef], resolve: (table) => table.rows }),
    }),
  });

  const Result = builder.unionType(`${Name}Result`, {
    description: 'An answer, or why there is none.',
    types: [TableRef, QueryRefused],
    resolveType: (value) => ((value as Table | Refusal).kind === 'refused' ? QueryRefused : TableRef),
  });

  builder.queryField(subject, (t) =>
    t.field({
      type: Result,
      description: `${text[subject]} The measures come from the selection, the grouping only from \`by\`.`,
      args: questionArgs(t),
      resolve: (_, args, context, info) => answer(subject, args as unknown as Question, context, info) as never,
    }),
  );
}

/** The arguments of every root field that answers with rows. */
export function questionArgs(t: PothosSchemaTypes.QueryFieldBuilder<typeof builder.$inferSchemaTypes, object>) {
  return {
    by: t.arg({ type: [DimensionEnum], defaultValue: [], description: 'What to split the answer by.' }),
    where: t.arg({ type: WhereInput }),
    period: t.arg({ type: PeriodInput }),
    level: t.arg({ type: LevelEnum, description: 'Geography of the rows; adds it to `by`.' }),
    organisationView: t.arg(organisationViewArg),
    source: t.arg({ type: Source }),
    compare: t.arg({ type: CompareInput }),
    totals: t.arg.boolean({ defaultValue: false, description: 'Add a total for each period, from cells of its own.' }),
    orderBy: t.arg({
      type: [OrderInput],
      description: 'First order first; ties go by the order of categories, then by code.',
    }),
    first: t.arg.int({
      required: true,
      defaultValue: 500,
      description: `Groups to return, up to ${limits.first}. A group is one place and one category of each dimension; it has a row for each period.`,
    }),
    offset: t.arg.int({ defaultValue: 0, description: 'Groups to pass over.' }),
    rest: t.arg.boolean({ defaultValue: false, description: 'Add “all other”: the groups beyond `first`, added up.' }),
    feed: t.arg.id({ description: 'Which publication, where the source is PUBLISHED; as in catalogue.feeds.' }),
    release: t.arg.string({ description: 'Version of a release; the current one when left out.' }),
  };
}

function describe(measure: MeasureSpec): string {
  return [`${measure.title}. ${measure.plain}`, ...measure.caveats.map((caveat) => `- ${caveat}`)].join('\n');
}

function parameterArgs(
  measure: MeasureSpec,
  t: PothosSchemaTypes.ObjectFieldBuilder<typeof builder.$inferSchemaTypes, Row>,
) {
  return Object.fromEntries(
    Object.entries(measure.parameters ?? {}).map(([name, values]) => [
      name,
      t.arg({ type: parameterEnums[name as keyof typeof parameterEnums], defaultValue: values[0] }),
    ]),
  );
}

for (const subject of subjects) if (measures.some((measure) => measure.subject === subject)) defineSubject(subject);
