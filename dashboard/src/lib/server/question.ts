import { print } from 'graphql';
import { askText, asViewer } from './ask.ts';
import {
  areaParts,
  measureParts,
  periodParts,
  refusalParts,
  type AreaParts,
  type Definition,
  type MeasureParts,
  type PeriodParts,
  type Refusal,
} from './fragments.ts';
import type { VariablesOf } from './graphql.ts';
import { graphql } from './graphql.ts';
import { wantedRelease } from './release.ts';

/** Only its variables are used: they are the types of the arguments that every subject shares. */
const _shape = graphql(`
  query Shape(
    $by: [Dimension!]
    $where: Where
    $period: PeriodInput
    $level: Level
    $organisationView: OrganisationView
    $source: Source
    $compare: CompareInput
    $orderBy: [OrderInput!]
    $first: Int!
    $offset: Int
    $release: String
    $totals: Boolean
    $feed: ID
  ) {
    staff(
      by: $by
      where: $where
      period: $period
      level: $level
      organisationView: $organisationView
      source: $source
      compare: $compare
      orderBy: $orderBy
      first: $first
      offset: $offset
      release: $release
      totals: $totals
      feed: $feed
    ) {
      __typename
    }
  }
`);

type Arguments = Omit<VariablesOf<typeof _shape>, 'first'> & { first?: number };
export type Dimension = NonNullable<Arguments['by']>[number];
export type Where = NonNullable<Arguments['where']>;

const argumentTypes: Record<keyof Arguments, string> = {
  by: '[Dimension!]',
  where: 'Where',
  period: 'PeriodInput',
  level: 'Level',
  organisationView: 'OrganisationView',
  source: 'Source',
  compare: 'CompareInput',
  orderBy: '[OrderInput!]',
  first: 'Int!',
  offset: 'Int',
  release: 'String',
  totals: 'Boolean',
  feed: 'ID',
};

/** One table asked of the API: measures of one subject, split and filtered alike. */
export interface Question {
  measures: Definition[];
  arguments: Arguments;
}

export interface Category {
  code: string;
  label: string;
}

/** One row of an answer; `split` has the category of every dimension asked for, `measures` a number per measure id. */
export interface AnswerRow {
  isTotal: boolean;
  area: AreaParts;
  period: PeriodParts;
  split: Partial<Record<Dimension, Category>>;
  measures: Record<string, MeasureParts>;
}

export interface Answer {
  kind: 'table';
  source: 'EXTRACTS' | 'PUBLISHED';
  rows: AnswerRow[];
  groupCount: number;
  statement: string;
  warnings: { code: string; message: string }[];
  question: Question;
}

export interface Refused {
  kind: 'refused';
  refusal: Refusal;
}

const places: readonly Dimension[] = ['NATION', 'REGION', 'SYSTEM', 'ORGANISATION'];

/** ETHNIC_GROUP → ethnicGroup, the field of a row. */
export function fieldOf(dimension: Dimension): string {
  return dimension.toLowerCase().replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}

function given(question: Question): [keyof Arguments, unknown][] {
  return (Object.entries(question.arguments) as [keyof Arguments, unknown][]).filter(
    ([, value]) => value !== undefined && value !== null,
  );
}

/** The root field of a question, its variables prefixed so that several questions fit one document. */
function rootField(question: Question, alias: string, prefix: string): string {
  const { subject } = question.measures[0] as Definition;
  const type = subject.charAt(0).toUpperCase() + subject.slice(1);
  const arguments_ = given(question)
    .map(([name]) => `${name}: $${prefix}${name}`)
    .join(', ');
  const split = (question.arguments.by ?? []).filter((dimension) => !places.includes(dimension));
  return `  ${alias}${subject}${arguments_ ? `(${arguments_})` : ''} {
    __typename
    ... on ${type}Table {
      source statement groupCount
      warnings { code message }
      rows {
        isTotal
        area { ...AreaParts }
        period { ...PeriodParts }
${split.map((dimension) => `        ${fieldOf(dimension)} { code label }\n`).join('')}${question.measures.map(({ field }) => `        ${field} { ${question.arguments.compare ? '...MeasureParts comparison { verdict statement }' : '...MeasureParts'} }\n`).join('')}      }
    }
    ... on QueryRefused { ...RefusalParts }
  }`;
}

const variablesOf = (question: Question, prefix: string): Record<string, unknown> =>
  Object.fromEntries(given(question).map(([name, value]) => [prefix + name, value]));

const declared = (question: Question, prefix: string): string[] =>
  given(question).map(([name]) => `$${prefix}${name}: ${argumentTypes[name]}`);

const parts = [measureParts, areaParts, periodParts, refusalParts].map((part) => print(part)).join('\n');

function write(name: string, declarations: string[], fields: string[]): string {
  return `query ${name}${declarations.length ? `(${declarations.join(', ')})` : ''} {\n${fields.join('\n')}\n}\n${parts}\n`;
}

/** The document of one question by itself, as shown under its figure for readers to run again by hand. */
export function standalone(question: Question): { document: string; variables: Record<string, unknown> } {
  return {
    document: write('Figure', declared(question, ''), [rootField(question, '', '')]),
    variables: variablesOf(question, ''),
  };
}

/** The document that asks several questions at once, each under its name. */
export function together(questions: Record<string, Question>): {
  document: string;
  variables: Record<string, unknown>;
} {
  const all = Object.entries(questions);
  return {
    document: write(
      'Page',
      all.flatMap(([name, question]) => declared(question, `${name}_`)),
      all.map(([name, question]) => rootField(question, `${name}: `, `${name}_`)),
    ),
    variables: Object.assign({}, ...all.map(([name, question]) => variablesOf(question, `${name}_`))),
  };
}

type RawRow = Record<string, unknown> & { isTotal: boolean; area: AreaParts; period: PeriodParts };
type Raw =
  | ({ __typename: 'QueryRefused' } & Refusal)
  | {
      __typename: string;
      source: Answer['source'];
      statement: string;
      groupCount: number;
      warnings: Answer['warnings'];
      rows: RawRow[];
    };

function read(question: Question, raw: Raw): Answer | Refused {
  if ('problems' in raw) return { kind: 'refused', refusal: raw };
  const split = (question.arguments.by ?? []).filter((dimension) => !places.includes(dimension));
  return {
    kind: 'table',
    source: raw.source,
    statement: raw.statement,
    warnings: raw.warnings,
    groupCount: raw.groupCount,
    question,
    rows: raw.rows.map((row) => ({
      isTotal: row.isTotal,
      area: row.area,
      period: row.period,
      split: Object.fromEntries(
        split.flatMap((dimension) => (row[fieldOf(dimension)] ? [[dimension, row[fieldOf(dimension)]]] : [])),
      ),
      measures: Object.fromEntries(
        question.measures.map((measure) => [measure.id, row[measure.field] as MeasureParts]),
      ),
    })),
  };
}

/** The API refuses requests of more than 400 fields; a measure is ten to fourteen, a question about thirty by itself. */
const fieldBudget = 380;
const fieldsOf = (question: Question): number => 32 + question.measures.length * (question.arguments.compare ? 14 : 11);

/** Cuts a question with too many measures for one request into several that differ in their measures alone. */
function pieces(name: string, question: Question): [string, Question][] {
  const room = Math.floor((fieldBudget - 32) / 14);
  const count = Math.ceil(question.measures.length / room);
  return Array.from({ length: count }, (_, place) => [
    `${name}_${place}`,
    { ...question, measures: question.measures.slice(place * room, (place + 1) * room) },
  ]);
}

/** Packs questions into as few requests as the budget allows, in order. */
function requests(all: [string, Question][]): Record<string, Question>[] {
  const packed: { fields: number; questions: Record<string, Question> }[] = [];
  for (const [name, question] of all) {
    const fields = fieldsOf(question);
    const last = packed.at(-1);
    if (last && last.fields + fields <= fieldBudget) {
      last.questions[name] = question;
      last.fields += fields;
    } else packed.push({ fields, questions: { [name]: question } });
  }
  return packed.map((one) => one.questions);
}

/** The document of all questions, as readers may send it, where the API takes them in one request. */
export function inOneRequest(questions: Record<string, Question>): ReturnType<typeof together> | undefined {
  return requests(Object.entries(questions)).length === 1 ? together(questions) : undefined;
}

/** Puts the pieces of one question together again: the same rows, each with the measures of every piece. */
function join(answers: (Answer | Refused)[]): Answer | Refused {
  const [first, ...others] = answers;
  if (!first) throw new Error('a question must have at least one measure');
  if (first.kind === 'refused') return first;
  for (const other of others)
    if (other.kind === 'table')
      other.rows.forEach((row, place) => Object.assign(first.rows[place]?.measures ?? {}, row.measures));
  return first;
}

function partition<Item>(items: readonly Item[], isFirst: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))];
}

/** Asks all questions, in one request where they fit; each answer is a table or a refusal. */
export async function askQuestions<Name extends string>(
  questions: Record<Name, Question>,
): Promise<Record<Name, Answer | Refused>> {
  const names = Object.keys(questions) as Name[];
  const release = wantedRelease();
  const cited = (question: Question): Question =>
    release ? { ...question, arguments: { ...question.arguments, release } } : question;
  const cut = new Map(names.map((name) => [name, pieces(name, cited(questions[name]))]));
  const [mine, others] = partition([...cut.values()].flat(), ([, question]) => asViewer(question.arguments));
  const packed = [
    ...requests(mine).map((some) => [some, true] as const),
    ...requests(others).map((some) => [some, false] as const),
  ];
  const parts = await Promise.all(
    packed.map(async ([some, signedIn]) => {
      const { document, variables } = together(some);
      const data = await askText<Record<string, Raw>>(document, variables, signedIn);
      return Object.entries(some).map(([name, question]) => [name, read(question, data[name] as Raw)] as const);
    }),
  );
  const answers = new Map(parts.flat());
  return Object.fromEntries(
    names.map((name) => [name, join((cut.get(name) ?? []).map(([piece]) => answers.get(piece) as Answer | Refused))]),
  ) as Record<Name, Answer | Refused>;
}
