import type { Extract } from './extract.ts';
import { referenceCodes, referenceRows } from './reference-codes.ts';
import { bands, monthRules, organisationCode, professions } from './shapes.ts';

/** “England, Wales: funded_less_in_post; …”: what a blank method is read as. */
function nationalMethods(): string {
  const labels = new Map(referenceRows('nation').map(({ code, label }) => [code, label]));
  return referenceRows('vacancy_method')
    .map(
      ({ code, nations = '' }) =>
        `${nations
          .split(' ')
          .map((nation) => labels.get(nation))
          .join(', ')}: ${code}`,
    )
    .join('; ');
}

/** Funded posts, vacancies and practice educators. */
export const establishment: Extract = {
  name: 'establishment',
  title: 'Establishment',
  meaning: 'Funded and vacant full-time equivalents; leaving it out removes vacancy measures only.',
  grain: 'one row per month end, organisation, profession and band',
  key: ['period_end', 'organisation_code', 'profession', 'band'],
  columns: [
    {
      name: 'period_end',
      kind: 'date',
      required: true,
      filled: true,
      monthEnd: true,
      meaning: 'The month end the row describes.',
      example: '2026-03-31',
    },
    {
      name: 'organisation_code',
      kind: 'reference',
      required: true,
      filled: true,
      pattern: organisationCode,
      meaning: 'The organisation.',
      example: 'RJ1',
    },
    {
      name: 'profession',
      kind: 'code',
      required: true,
      filled: true,
      codes: professions,
      meaning: 'The profession supported.',
      example: 'physiotherapy',
    },
    {
      name: 'band',
      kind: 'code',
      required: true,
      filled: true,
      codes: bands,
      meaning: 'Agenda for Change band.',
      example: '3',
    },
    {
      name: 'funded_fte',
      kind: 'decimal',
      required: true,
      filled: true,
      scale: 5,
      minimum: 0,
      maximum: 100000,
      meaning: 'Funded establishment.',
      example: '12.6',
    },
    {
      name: 'vacant_fte',
      kind: 'decimal',
      required: true,
      scale: 5,
      minimum: -100000,
      maximum: 100000,
      meaning:
        'Vacant, by the organisation’s own count; negative when more are in post than funded, which only funded posts less staff in post can be.',
      example: '1.4',
    },
    {
      name: 'practice_educator_fte',
      kind: 'decimal',
      scale: 5,
      minimum: 0,
      maximum: 100000,
      meaning: 'Practice educators for this group.',
      example: '0.5',
    },
    {
      name: 'vacancy_method',
      kind: 'code',
      codes: referenceCodes('vacancy_method'),
      meaning: `How vacant_fte is counted (sql/reference/vacancy_method.csv). Blank or left out: as the nation does (${nationalMethods()}).`,
      example: 'funded_less_in_post',
    },
  ],
  rules: monthRules,
};
