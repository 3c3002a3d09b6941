import type { Tally } from './tally.ts';

/** The asks of the 2025 joint statement, in the order of the scorecard. */
export const asks = {
  numbers: 'Build support-worker numbers',
  retain: 'Recruit and retain',
  career: 'Career development and pathways into registration',
  apprenticeships: 'Apprenticeships in all four nations',
  training: 'Education, training and CPD',
  conversations: 'Quality PDPs, annual appraisals and career conversations',
  fairness: 'Fair treatment and a diverse workforce',
  voice: 'A voice that is heard',
  planning: 'Plan for the future',
  trust: 'Figures you can trust',
} as const;
export type Ask = keyof typeof asks;

/** The root field of the API that answers with the measure. */
export const subjects = [
  'staff',
  'turnover',
  'retention',
  'progression',
  'training',
  'apprenticeships',
  'equity',
  'voice',
] as const;
export type Subject = (typeof subjects)[number];

/** A weighted sum of tallies, so that its noise variance follows: Σ weight² × variance. */
export type Sum = Partial<Record<Tally, number>>;

/**
 * How a statistic is made of tallies, and which interval it carries.
 * - count: Σ numerator; interval from the noise alone, and from 0 up unless `signed` (a balance: joiners − leavers).
 * - proportion: people out of people, in [0, 1]; Wilson with the effective n that includes the noise.
 * - ratio: numerator ÷ denominator, any size; interval from the noise by the delta method.
 * - rate: events ÷ exposure × per, may exceed `per`; Byar's limits, widened by the noise.
 * - change: numerator ÷ denominator − 1; interval from the noise.
 * - share: one part ÷ all the parts of the dimensions `of`, in the same place, period and other categories; interval of a proportion.
 *   Without `categories` the part is the row's own: rows are split by at least one of `of`. With `categories` the measure looks them up
 *   itself and rows are not split by `of`. The denominator is the total's own cell, in the set without `of`; with `known` it is the sum
 *   of the cells whose category of `of` is not `unknown`, and the share of `unknown` is not applicable.
 */
export type Formula =
  | { kind: 'count'; numerator: Sum; signed?: true }
  | { kind: 'proportion'; numerator: Sum; denominator: Sum }
  | { kind: 'ratio'; numerator: Sum; denominator: Sum }
  | { kind: 'rate'; numerator: Sum; denominator: Sum; per: number }
  | { kind: 'change'; numerator: Sum; denominator: Sum }
  | Share;

export interface Share {
  kind: 'share';
  numerator: Sum;
  denominator: Sum;
  of: readonly string[];
  categories?: readonly string[];
  known?: true;
}

/** Where tallies come from: our own cells, or an official publication, whose tallies may include more or less. */
export type Source = 'extracts' | 'published';

export const parameters = {
  method: {
    NHSE_AVERAGE:
      'leavers ÷ mean of start and end headcount; going on maternity leave or a career break counts as leaving active service (England)',
    NES_START: 'leavers from the role or organisation ÷ start headcount (Scotland)',
    NES_TRUE: 'leavers from the organisation ÷ start headcount, moves between roles ignored (Scotland, "true leavers")',
  },
  scope: {
    ORGANISATION: 'leaving the organisation',
    SUPPORT_WORKFORCE: 'leaving the AHP support workforce',
    NHS: 'leaving the NHS (or HSC) of the nation',
  },
  basis: { HEADCOUNT: 'people', FTE: 'full-time equivalents' },
} as const;
export type Parameters = {
  method: keyof (typeof parameters)['method'];
  scope: keyof (typeof parameters)['scope'];
  basis: keyof (typeof parameters)['basis'];
};

/** How a value reads. A value in `percent` is a fraction (0.123 is 12.3 %); `per_100` and `per_100k` are as they are printed. */
export type Unit =
  'people' | 'fte' | 'roles' | 'percent' | 'ratio' | 'per_100' | 'per_100k' | 'hours' | 'score' | 'domains' | 'months';

/** One statistic that the product publishes. Everything else (catalogue, schema, pages, docs) follows from it. */
export interface Measure {
  /** snake_case; the GraphQL field is its camelCase, the enum value its upper case. */
  id: string;
  subject: Subject;
  title: string;
  /** What it means in words a board member follows. */
  plain: string;
  ask: Ask;
  unit: Unit;
  /** Which way is good; `none` where neither is. */
  direction: 'up' | 'down' | 'none';
  /** Arguments that the measure takes; the first value of each is the default. */
  parameters?: { [K in keyof Parameters]?: readonly Parameters[K][] };
  formula: (given: Parameters, source?: Source) => Formula;
  /** Multiplies the value on the way out: 1/1000 for FTE kept in thousandths. */
  scale?: number;
  /** The one category of a dimension that all its tallies are read in; rows are then not split by that dimension. */
  within?: { dimension: string; category: string };
  /** The people that the figure rests on, where they are not its denominator. */
  base?: Sum;
  /**
   * Set where groups may be compared by it as a relative likelihood: which way is worse for them, and the arguments that make it a
   * proportion of people. Above 1 always means that the named group is worse off.
   */
  outcome?: { worse: 'higher' | 'lower'; given?: Partial<Parameters> };
  /** The measure that says of how many people the characteristic is known, to be read beside it. */
  disclosure?: string;
  /** Nations whose extracts can carry it, and whose figures may be compared with each other. */
  comparable: readonly ('england' | 'scotland' | 'wales' | 'northern_ireland')[];
  /** Grains at which it means something. */
  grains: readonly ('month' | 'quarter' | 'year')[];
  caveats: readonly string[];
  /** Where the definition comes from. */
  source: string;
}

/**
 * A formula that sets the end of a period against its start counts, at both, the employers that reported at both: `headcount_end` and `fte_end` in place of
 * the headcount and the FTE. Publications, and releases from before these tallies, have those alone.
 */
export function likeForLike<Kind extends Formula>(formula: Kind): Kind {
  const sums = [formula.numerator, 'denominator' in formula ? formula.denominator : {}];
  if (!sums.some((sum) => 'headcount_start' in sum || 'fte_start' in sum)) return formula;
  return {
    ...formula,
    numerator: atEnd(formula.numerator),
    ...('denominator' in formula ? { denominator: atEnd(formula.denominator) } : {}),
  };
}

const atEnd = ({ headcount, fte, ...rest }: Sum): Sum => ({
  ...rest,
  ...(headcount === undefined ? {} : { headcount_end: headcount }),
  ...(fte === undefined ? {} : { fte_end: fte }),
});

export const everyNation = ['england', 'scotland', 'wales', 'northern_ireland'] as const;
export const everyGrain = ['month', 'quarter', 'year'] as const;
