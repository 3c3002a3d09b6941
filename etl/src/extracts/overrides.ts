import type { Extract } from './extract.ts';
import { bands, occupationCode, organisationCode } from './shapes.ts';

/** Occupation codes that are known to be wrong, and what to read in their place: decided by a person, dated, and told in every release. */
export const overrides: Extract = {
  name: 'overrides',
  title: 'Overrides',
  meaning:
    'Occupation codes to be read as another one, with the reason. Each one that applies is named in the release and on the page Data.',
  grain: 'one row per occupation code as sent, organisation, band and first day',
  key: ['occupation_code', 'organisation_code', 'band', 'valid_from'],
  columns: [
    {
      name: 'occupation_code',
      kind: 'reference',
      required: true,
      filled: true,
      pattern: occupationCode,
      meaning: 'The code as it is sent.',
      example: 'S9Y',
    },
    {
      name: 'organisation_code',
      kind: 'reference',
      required: true,
      pattern: organisationCode,
      meaning: 'Where it is wrong; blank is everywhere.',
      example: 'RJ1',
    },
    { name: 'band', kind: 'code', codes: bands, meaning: 'At which band; blank is any.', example: '3' },
    {
      name: 'use_code',
      kind: 'reference',
      required: true,
      filled: true,
      pattern: occupationCode,
      meaning: 'The code to read in its place; it must be in sql/reference/occupation_code.csv.',
      example: 'S9E',
    },
    {
      name: 'valid_from',
      kind: 'date',
      meaning: 'First month end it holds for; blank is ever.',
      example: '2025-04-30',
    },
    { name: 'valid_to', kind: 'date', meaning: 'Last month end it holds for; blank is open.', example: '2025-09-30' },
    {
      name: 'reason',
      kind: 'text',
      required: true,
      filled: true,
      pattern: '.{5,200}',
      meaning: 'Why, for everybody to read.',
      example: 'S9Y is a slip for S9E; agreed with the trust',
    },
    {
      name: 'decided_by',
      kind: 'text',
      required: true,
      filled: true,
      pattern: '.{2,100}',
      meaning: 'Which team decided it. Kept with the operator, not published.',
      example: 'Workforce information',
    },
  ],
  rules: [
    {
      column: 'use_code',
      holds: 'use_code <> occupation_code',
      reason: 'is the code that it replaces',
      severity: 'quarantine',
    },
    {
      column: 'valid_to',
      holds: 'valid_to >= valid_from',
      reason: 'is before the first day',
      severity: 'quarantine',
    },
  ],
};
