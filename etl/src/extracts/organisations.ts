import type { Extract } from './extract.ts';
import { organisationCode } from './shapes.ts';

/** Organisations that the shipped reference lists do not hold: a local or synthetic set. */
export const organisations: Extract = {
  name: 'organisations',
  title: 'Organisations',
  meaning: 'Organisations that the reference lists do not hold yet.',
  grain: 'one row per organisation and period of validity',
  key: ['code', 'valid_from'],
  columns: [
    {
      name: 'code',
      kind: 'reference',
      required: true,
      filled: true,
      pattern: organisationCode,
      meaning: 'Code of the organisation.',
      example: 'RJ1',
    },
    {
      name: 'label',
      kind: 'text',
      required: true,
      filled: true,
      pattern: '.{1,200}',
      meaning: 'Name.',
      example: 'Guy’s',
    },
    {
      name: 'nation',
      kind: 'code',
      required: true,
      filled: true,
      codes: ['england', 'scotland', 'wales', 'northern_ireland'],
      meaning: 'Nation of the workplace.',
      example: 'england',
    },
    {
      name: 'region',
      kind: 'reference',
      required: true,
      pattern: organisationCode,
      meaning: 'NHS England region (England only).',
      example: 'Y56',
    },
    {
      name: 'system',
      kind: 'reference',
      required: true,
      pattern: organisationCode,
      meaning: 'Integrated care board, health board area or trust area.',
      example: 'QKK',
    },
    {
      name: 'kind',
      kind: 'text',
      required: true,
      pattern: '[A-Za-z0-9_ &/()-]{1,64}',
      meaning: 'Kind of organisation.',
      example: 'acute',
    },
    {
      name: 'valid_from',
      kind: 'date',
      required: true,
      meaning: 'First day; blank is since ever.',
      example: '2013-04-01',
    },
    {
      name: 'valid_to',
      kind: 'date',
      required: true,
      meaning: 'Last day; blank is still open.',
      example: '2024-10-31',
    },
  ],
};
