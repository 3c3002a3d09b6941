import type { Unit } from '@ahp/sql/measure';

/** How a spreadsheet names the unit of a column, and prints its values. */
export const units: Record<Unit, { printed: string; format: string }> = {
  people: { printed: 'people', format: '#,##0' },
  fte: { printed: 'full-time equivalents', format: '#,##0.0' },
  roles: { printed: 'roles', format: '#,##0.0' },
  percent: { printed: '%', format: '0.0%' },
  ratio: { printed: 'ratio', format: '0.00' },
  per_100: { printed: 'per 100', format: '#,##0.0' },
  per_100k: { printed: 'per 100,000 people', format: '#,##0.0' },
  hours: { printed: 'hours', format: '#,##0.0' },
  score: { printed: 'score', format: '0.00' },
  domains: { printed: 'domains', format: '#,##0.0' },
  months: { printed: 'months', format: '#,##0' },
};
