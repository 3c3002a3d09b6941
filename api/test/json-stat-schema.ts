const texts = { type: 'array', items: { type: 'string' } };
const number = { type: ['number', 'null'] };

/** What JSON-stat 2.0 (https://json-stat.org/full/) asks of a dataset, in JSON Schema, as far as the api writes it: nothing else may be in it. */
export const jsonStatSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['version', 'class', 'id', 'size', 'dimension', 'value'],
  properties: {
    version: { const: '2.0' },
    class: { const: 'dataset' },
    label: { type: 'string' },
    source: { type: 'string' },
    updated: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\d(T\\d\\d:\\d\\d:\\d\\dZ)?$' },
    note: texts,
    extension: { type: 'object' },
    id: { ...texts, uniqueItems: true, minItems: 1 },
    size: { type: 'array', items: { type: 'integer', minimum: 0 } },
    role: { type: 'object', additionalProperties: false, properties: { time: texts, geo: texts, metric: texts } },
    dimension: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        required: ['category'],
        properties: {
          label: { type: 'string' },
          category: {
            type: 'object',
            additionalProperties: false,
            properties: {
              index: { ...texts, uniqueItems: true },
              label: { type: 'object', minProperties: 1, additionalProperties: { type: 'string' } },
              unit: {
                type: 'object',
                additionalProperties: { type: 'object', properties: { label: { type: 'string' } } },
              },
            },
          },
        },
      },
    },
    value: { type: 'array', items: number },
    status: { type: 'object', propertyNames: { pattern: '^\\d+$' }, additionalProperties: { type: 'string' } },
  },
};
