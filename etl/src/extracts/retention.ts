import type { Extract } from './extract.ts';
import { referenceCodes } from './reference-codes.ts';
import { organisationCode, pseudonym } from './shapes.ts';

/** Why people left and where they went. */
export const retention: Extract = {
  name: 'retention',
  title: 'Retention',
  meaning: 'Leavers with reason and destination; that someone left is read from the workforce extracts.',
  grain: 'one row per leaving',
  key: ['leaving_date', 'person_id', 'organisation_code'],
  columns: [
    {
      name: 'leaving_date',
      kind: 'date',
      required: true,
      filled: true,
      meaning: 'Last day in post.',
      example: '2025-10-31',
    },
    {
      name: 'person_id',
      kind: 'text',
      required: true,
      filled: true,
      pattern: pseudonym,
      meaning: 'Pseudonym of the person, as in the workforce extract.',
      example: 'P00012345',
    },
    {
      name: 'organisation_code',
      kind: 'reference',
      required: true,
      filled: true,
      pattern: organisationCode,
      meaning: 'The organisation left.',
      example: 'RJ1',
    },
    {
      name: 'leaving_reason',
      kind: 'code',
      lenient: true,
      required: true,
      codes: referenceCodes('leaving_reason'),
      meaning: 'Reason for leaving (sql/reference/leaving_reason.csv).',
      example: 'voluntary_resignation_work_life_balance',
    },
    {
      name: 'destination',
      kind: 'code',
      lenient: true,
      required: true,
      codes: referenceCodes('destination'),
      meaning: 'Destination on leaving (sql/reference/destination.csv).',
      example: 'nhs_organisation',
    },
  ],
};
