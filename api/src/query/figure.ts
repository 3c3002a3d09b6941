import type { Measure } from '@ahp/sql/measure';
import type { AudienceRecord, BreakRecord, PeriodRecord, VacancyMethod } from '../release/catalogue.ts';
import type { Line } from './cells.ts';
import type { Group, Member } from './group.ts';
import type { Plan } from './plan.ts';
import type { PlacedMark } from './marks.ts';
import type { MissingSnapshot } from './snapshots.ts';

export const cellStatuses = {
  OK: 'A figure.',
  CONFIDENTIAL: '[c] Withheld to protect people.',
  NOT_APPLICABLE: '[z] Not applicable: no value is possible.',
  NOT_AVAILABLE: '[x] Not available: this source does not hold it.',
  CANNOT_TELL:
    'Cannot tell: the interval is wider than 60 percentage points, or its upper limit more than 25 times its lower one.',
  LOW: '[low] Above zero, but rounds to zero.',
  LOW_RELIABILITY: '[u] Low reliability.',
} as const;
export type CellStatus = keyof typeof cellStatuses;

/** The UK’s shorthand for a figure that is not there. */
export const markers: Partial<Record<CellStatus, string>> = {
  CONFIDENTIAL: '[c]',
  NOT_APPLICABLE: '[z]',
  NOT_AVAILABLE: '[x]',
  CANNOT_TELL: 'cannot tell',
  LOW: '[low]',
};

export const flags = {
  PROVISIONAL: '[p] May still be revised.',
  REVISED: '[r] Revised since it was first published.',
  BREAK: '[b] Break in the series.',
  ESTIMATED: '[e] Estimated.',
  FORECAST: '[f] Forecast.',
  LOW_RELIABILITY: '[u] Low reliability.',
  INCOMPLETE: '[i] Some employers sent nothing: the warnings say who is missing and how much of the staff.',
  ACCEPTED: '[a] The data looked wrong and was let pass, for the reason that the warnings give.',
} as const;
export type Flag = keyof typeof flags;

export const verdicts = {
  HIGHER: 'Higher; the interval of the difference excludes zero.',
  LOWER: 'Lower; the interval of the difference excludes zero.',
  NO_CLEAR_DIFFERENCE: 'No clear difference; the interval of the difference includes zero.',
  NOT_COMPARABLE: 'The two cannot be compared.',
} as const;
export type Verdict = keyof typeof verdicts;

export interface IntervalValue {
  lower: number;
  upper: number;
  level: number;
  method: string;
}

export interface NoiseValue {
  sd: number;
  cells: number;
  audience: string;
  statement: string;
}

export interface ComparisonValue {
  comparator: string;
  /** Whose figure the other one is. */
  audience: AudienceRecord;
  value: number | null;
  display: string;
  difference: number | null;
  /** The difference as it is printed, and its unit; null where there is none. */
  gap: { display: string; unit: string } | null;
  interval: IntervalValue | null;
  verdict: Verdict;
  statement: string;
}

/** One statistic of one row, ready to be shown. */
export interface Figure {
  measure: Measure;
  value: number | null;
  status: CellStatus;
  display: string;
  numerator: number | null;
  denominator: number | null;
  interval: IntervalValue | null;
  noise: NoiseValue | null;
  comparison: ComparisonValue | null;
  /** How the vacancies that it is made of were counted; several where they are therefore not added up. */
  methods: readonly VacancyMethod[];
  /** Snapshots of nations that it would have to do without, so that it is not given. */
  without: readonly MissingSnapshot[];
  /** What the release says of it: who is missing, what was let pass. */
  marks: readonly PlacedMark[];
  /** Breaks in its series that fall on its period. */
  breaks: readonly BreakRecord[];
  flags: Flag[];
}

/** What a figure is made from: its place in the plan, and its line of the reading. */
export interface Setting {
  plan: Plan;
  group: Group;
  period: PeriodRecord;
  line: Line;
  /** What it is compared with, if anything. */
  beside: { label: string; period: PeriodRecord | null; members: readonly Member[] } | null;
}
