import { argumentsOf } from '@ahp/sql/arguments';
import { dimensionsOf } from '@ahp/sql/dimensions-of';
import { asks, parameters, type Measure as MeasureSpec } from '@ahp/sql/measure';
import { measures } from '@ahp/sql/registry';
import { tallies, type Tally } from '@ahp/sql/tally';
import { fieldName } from '../release/dimension.ts';
import { cellStatuses, flags, verdicts, type ComparisonValue, type Figure, type NoiseValue } from '../query/figure.ts';
import { intervalMethods } from '../query/figures.ts';
import { formulaText } from '../query/formula-text.ts';
import { Break } from './break.ts';
import { builder } from './builder.ts';
import { Audience } from './me.ts';
import { Interval, Quantity } from './quantity.ts';
import { VacancyMethod } from './vacancy-method.ts';
import { DimensionEnum, enumCase, Grain, NationEnum, textEnum } from './enums.ts';

export const CellStatus = textEnum(
  'CellStatus',
  'Why a figure is there, or is not. The words in brackets are the UK’s shorthand.',
  cellStatuses,
);
export const FlagEnum = textEnum('Flag', 'Marks beside a figure.', flags);
const Verdict = textEnum('Verdict', 'What a comparison shows, given its interval.', verdicts);
const Direction = textEnum('Direction', 'Which way is good.', {
  UP: 'More is better.',
  DOWN: 'Less is better.',
  NONE: 'Neither.',
});

const Noise = builder.objectRef<NoiseValue>('Noise').implement({
  description: 'How much protection may have changed this very figure.',
  fields: (t) => ({
    sd: t.exposeFloat('sd', {
      description: 'Standard deviation of the change, in the unit of the figure (its numerator for rates).',
    }),
    cells: t.exposeInt('cells', { description: 'Published cells that were added up.' }),
    audience: t.exposeString('audience'),
    statement: t.exposeString('statement'),
  }),
});

export const Comparison = builder.objectRef<ComparisonValue>('Comparison').implement({
  description: 'The figure beside another one.',
  fields: (t) => ({
    comparator: t.exposeString('comparator'),
    audience: t.field({
      type: Audience,
      description: 'Whose figure the other one is: beside an employer’s own exact figure it is what everyone is told.',
      resolve: (comparison) => comparison.audience,
    }),
    value: t.exposeFloat('value', { nullable: true }),
    display: t.exposeString('display'),
    difference: t.field({
      type: Quantity,
      nullable: true,
      description: 'This figure minus the other one, with its interval. Null where they cannot be compared.',
      resolve: ({ difference, gap, interval }) =>
        difference === null ? null : { value: difference, ...gap!, interval },
    }),
    interval: t.field({
      type: Interval,
      nullable: true,
      deprecationReason: 'It is in `difference { interval }`.',
      resolve: (comparison) => comparison.interval,
    }),
    verdict: t.field({ type: Verdict, resolve: (comparison) => comparison.verdict }),
    statement: t.exposeString('statement'),
  }),
});

const Choice = builder.objectRef<{ value: string; meaning: string }>('Choice').implement({
  description: 'A value of an argument, and what it does.',
  fields: (t) => ({ value: t.exposeString('value'), meaning: t.exposeString('meaning') }),
});

const Parameter = builder.objectRef<{ name: string; values: readonly string[] }>('Parameter').implement({
  description: 'An argument of a measure; the first value is the default.',
  fields: (t) => ({
    name: t.exposeString('name'),
    values: t.exposeStringList('values'),
    choices: t.field({
      type: [Choice],
      resolve: ({ name, values }) => {
        const meanings: Readonly<Record<string, string>> = parameters[name as keyof typeof parameters];
        return values.map((value) => ({ value, meaning: meanings[value]! }));
      },
    }),
  }),
});

const TallyRef = builder.objectRef<Tally>('Tally').implement({
  description: 'An additive count or sum that measures are made of.',
  fields: (t) => ({
    id: t.id({ resolve: (id) => id }),
    meaning: t.string({ resolve: (id) => tallies[id] }),
  }),
});

/** The tallies of a measure’s formula with its default arguments, each once. */
function talliesOf(measure: MeasureSpec): Tally[] {
  const formula = measure.formula(argumentsOf(measure), 'extracts');
  return Object.keys({ ...formula.numerator, ...('denominator' in formula ? formula.denominator : {}) }) as Tally[];
}

/** When a figure is shown at all. */
function baseRule(measure: MeasureSpec): string {
  const { kind } = measure.formula(argumentsOf(measure), 'extracts');
  if (kind === 'count') return 'Shown where it is 0 or at least the display minimum of the audience.';
  const base = measure.base ? 'the people that it rests on' : 'its denominator';
  return `Shown where ${base} is at least the rate minimum of the audience (30 people for the public, 10 for trusted readers and for employers’ own figures).`;
}

export const Definition = builder.objectRef<MeasureSpec>('Definition').implement({
  description: 'What a measure means, how it is made and where the definition comes from.',
  fields: (t) => ({
    id: t.exposeID('id'),
    field: t.string({ description: 'Name of its field in a row.', resolve: (measure) => fieldName(measure.id) }),
    subject: t.exposeString('subject', { description: 'Root field that answers with it.' }),
    title: t.exposeString('title'),
    plain: t.exposeString('plain'),
    ask: t.string({
      description: 'The ask of the 2025 joint statement that it serves.',
      resolve: ({ ask }) => asks[ask],
    }),
    unit: t.exposeString('unit'),
    direction: t.field({ type: Direction, resolve: ({ direction }) => enumCase(direction) as 'UP' }),
    formula: t.string({
      description: 'In tallies, with the default arguments.',
      resolve: (measure) => formulaText(measure),
    }),
    tallies: t.field({ type: [TallyRef], description: 'What the formula is made of.', resolve: talliesOf }),
    interval: t.string({
      description: 'How its 95 % interval is made.',
      resolve: (measure) => intervalMethods[measure.formula(argumentsOf(measure), 'extracts').kind],
    }),
    base: t.string({ description: 'When it is shown.', resolve: baseRule }),
    dimensions: t.field({
      type: [DimensionEnum],
      description: 'What it may be split by, at some level and grain for some audience; see the policy for each.',
      resolve: dimensionsOf,
    }),
    disclosure: t.string({
      nullable: true,
      description:
        'Id of the measure that shows for how many people the characteristic is known: read the two together. Null where it rests on no characteristic.',
      resolve: ({ disclosure }) => disclosure ?? null,
    }),
    caveats: t.stringList({ resolve: ({ caveats }) => [...caveats] }),
    source: t.exposeString('source'),
    parameters: t.field({
      type: [Parameter],
      resolve: (measure) =>
        Object.entries(measure.parameters ?? {}).map(([name, values]) => ({ name, values: [...values] })),
    }),
    grains: t.field({ type: [Grain], resolve: ({ grains }) => [...grains] }),
    comparable: t.field({
      type: [NationEnum],
      description: 'Nations whose figures may be compared with each other.',
      resolve: ({ comparable }) => [...comparable],
    }),
  }),
});

export const Measure = builder.objectRef<Figure>('Measure').implement({
  description:
    'One statistic: its value, how sure it is, and what it means. `value` is null whenever `status` is not OK, LOW or LOW_RELIABILITY; never 0.',
  fields: (t) => ({
    value: t.exposeFloat('value', {
      nullable: true,
      description: 'Null unless `status` is OK, LOW or LOW_RELIABILITY. Rates are fractions: 0.123 is 12.3%.',
    }),
    status: t.field({ type: CellStatus, resolve: (figure) => figure.status }),
    display: t.exposeString('display', { description: 'What to print: “1,234”, “12.3%”, or a marker such as “[c]”.' }),
    numerator: t.exposeFloat('numerator', { nullable: true }),
    denominator: t.exposeFloat('denominator', { nullable: true }),
    interval: t.field({ type: Interval, nullable: true, resolve: (figure) => figure.interval }),
    noise: t.field({ type: Noise, nullable: true, resolve: (figure) => figure.noise }),
    comparison: t.field({ type: Comparison, nullable: true, resolve: (figure) => figure.comparison }),
    methods: t.field({
      type: [VacancyMethod],
      description:
        'How the vacancies that it is made of were counted. Where there are several they are not added up: the status is NOT_AVAILABLE, and nations are to be asked for one by one.',
      resolve: ({ methods }) => [...methods],
    }),
    breaks: t.field({
      type: [Break],
      description: 'Breaks in its series that fall on its period: figures before and after are not compared.',
      resolve: ({ breaks }) => [...breaks],
    }),
    flags: t.field({ type: [FlagEnum], resolve: (figure) => figure.flags }),
    definition: t.field({ type: Definition, resolve: (figure) => figure.measure }),
  }),
});

/** The arguments that measures take, as enums: Method, Scope, Basis. */
export const parameterEnums = {
  method: textEnum('Method', 'How a rate is made.', parameters.method),
  scope: textEnum('Scope', 'What counts as joining or leaving.', parameters.scope),
  basis: textEnum('Basis', 'What is counted.', parameters.basis),
};

export const MeasureName = builder.enumType('MeasureName', {
  description: 'Every measure by name.',
  values: Object.fromEntries(
    measures.map(({ id, title, plain }) => [enumCase(id), { value: id, description: `${title}. ${plain}` }]),
  ) as Record<string, { value: string }>,
});
