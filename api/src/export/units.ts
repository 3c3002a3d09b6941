import type { Unit } from '@ahp/sql/measure';

/** What a value counts, for files, in which percentages are fractions; and how a spreadsheet prints it. */
export const units: Record<Unit, { unit: string; printed: string; format: string }> = {
  people: { unit: 'people', printed: 'people', format: '#,##0' },
  fte: { unit: 'full-time equivalents', printed: 'full-time equivalents', format: '#,##0.0' },
  roles: { unit: 'roles', printed: 'roles', format: '#,##0.0' },
  percent: { unit: 'fraction', printed: '%', format: '0.0%' },
  ratio: { unit: 'ratio', printed: 'ratio', format: '0.00' },
  per_100: { unit: 'per 100', printed: 'per 100', format: '#,##0.0' },
  per_100k: { unit: 'per 100,000 people', printed: 'per 100,000 people', format: '#,##0.0' },
  hours: { unit: 'hours', printed: 'hours', format: '#,##0.0' },
  score: { unit: 'score', printed: 'score', format: '0.00' },
  domains: { unit: 'domains', printed: 'domains', format: '#,##0.0' },
  months: { unit: 'months', printed: 'months', format: '#,##0' },
};
