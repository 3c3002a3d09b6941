import type { Unit } from '@ahp/sql/measure';

/** What a value counts, in words. Percentages are fractions. */
export const unitNames: Record<Unit, string> = {
  people: 'people',
  fte: 'full-time equivalents',
  roles: 'roles',
  percent: 'fraction',
  ratio: 'ratio',
  per_100: 'per 100',
  per_100k: 'per 100,000 people',
  hours: 'hours',
  score: 'score',
  domains: 'domains',
  months: 'months',
};
