import type { Figure, Kind, Row, Series, Value } from './figure.ts';
import { format } from './format.ts';

/** One invented figure of every kind that Chart.js draws, for the tests that compare renderings. */

const value = (number: number, unit: Figure['unit'], half = 0): Value => ({
  value: number,
  status: 'OK',
  display: format(number, unit),
  interval: half ? { lower: number - half, upper: number + half, level: 0.95 } : null,
  flags: [],
});

const withheld: Value = { value: null, status: 'CONFIDENTIAL', display: '[c]', interval: null };

const periods: Row[] = Array.from({ length: 8 }, (_, place) => ({
  key: `2024-${place}`,
  labels: [`Quarter ${place + 1}`],
  short: `Q${place + 1}`,
}));

const column = (key: string, role: Series['role'], values: Value[], more: Partial<Series> = {}): Series => ({
  key,
  label: key.charAt(0).toUpperCase() + key.slice(1),
  role,
  values,
  ...more,
});

function figure(
  kind: Kind,
  unit: Figure['unit'],
  rowHeads: string[],
  rows: Row[],
  series: Series[],
  more: Partial<Figure> = {},
): Figure {
  return {
    id: `example-${kind}`,
    kind,
    title: 'Leaver rate',
    subtitle: 'Leaver rate, example',
    unit,
    rowHeads,
    rows,
    series,
    annotations: [],
    references: [],
    caveats: [],
    provenance: {
      release: '1.0.0',
      dataKind: 'Synthetic sample',
      source: 'Synthetic workforce extracts',
      protection: 'Counts are changed slightly to protect people.',
      citation: 'AHP support workforce statistics, release 1.0.0.',
      licence: 'Open Government Licence v3.0',
    },
    permalink: '/trends#trend',
    csv: '/trends/figure.csv?figure=trend',
    ...more,
  };
}

const rates = (from: number) =>
  periods.map((_, place) => (place === 3 ? withheld : value(from + place * 0.0013, 'percent', 0.004)));
const places: Row[] = ['London', 'Midlands', 'South West'].map((label) => ({ key: label, labels: [label] }));
const employers: Row[] = Array.from({ length: 12 }, (_, place) => ({
  key: `R${place}`,
  labels: [`Employer ${place}`, `R${place}`],
  role: place === 4 ? 'highlight' : undefined,
}));
const people = (...numbers: number[]) => numbers.map((number) => value(number, 'people'));

export const exampleFigures: Figure[] = [
  figure(
    'line',
    'percent',
    ['Quarter'],
    periods,
    [column('england', 'value', rates(0.021)), column('wales', 'value', rates(0.034))],
    {
      annotations: [{ at: '2024-4', label: 'New codes', marker: '[b]' }],
      references: [{ label: 'Target', value: 0.03 }],
    },
  ),
  figure('multiples', 'people', ['Quarter'], periods, [
    column('physiotherapy', 'value', people(...periods.map((_, place) => 410 + place))),
  ]),
  figure('bar', 'percent', ['Region'], places, [
    column('leaver rate', 'value', [value(0.081, 'percent', 0.02), value(0.095, 'percent', 0.01), withheld]),
  ]),
  figure('share', 'percent', ['Quarter'], periods.slice(0, 2), [
    column('band 2', 'value', [value(0.25, 'percent'), value(0.3, 'percent')]),
    column('band 3', 'value', [value(0.75, 'percent'), value(0.7, 'percent')]),
    column('band 2, people', 'count', people(25, 31), { unit: 'people' }),
  ]),
  figure(
    'waterfall',
    'people',
    ['Step'],
    [
      { key: 'start', labels: ['At start'], role: 'start' },
      { key: 'joined', labels: ['Joined'], role: 'in' },
      { key: 'left', labels: ['Left'], role: 'out' },
      { key: 'end', labels: ['At end'], role: 'end' },
    ],
    [column('people', 'value', people(1000, 120, 85, 1035))],
  ),
  figure('spc', 'percent', ['Quarter'], periods, [
    column('leaver rate', 'value', rates(0.02), {
      marks: periods.map((_, place) =>
        place === 7
          ? { signal: 'concern', text: 'Concern: high, above the upper limit' }
          : { signal: 'common', text: 'Usual variation' },
      ),
    }),
    column(
      'mean',
      'centre',
      periods.map(() => value(0.0241, 'percent')),
    ),
    column(
      'upper limit',
      'limit',
      periods.map(() => value(0.0287, 'percent')),
    ),
    column(
      'lower limit',
      'limit',
      periods.map(() => value(0.0193, 'percent')),
    ),
  ]),
  figure('funnel', 'percent', ['Organisation', 'Code'], employers, [
    column('headcount', 'exposure', people(...employers.map((_, place) => 60 + place * 45)), { unit: 'people' }),
    column(
      'leaver rate',
      'value',
      employers.map((_, place) => (place === 2 ? withheld : value(0.1 + Math.sin(place) * 0.03, 'percent'))),
    ),
    column(
      'upper 95%',
      'limit',
      employers.map((_, place) => value(0.1 + 0.6 / Math.sqrt(60 + place * 45), 'percent')),
    ),
    column(
      'lower 95%',
      'limit',
      employers.map((_, place) => value(0.1 - 0.6 / Math.sqrt(60 + place * 45), 'percent')),
    ),
  ]),
  figure(
    'survival',
    'percent',
    ['Months since joining'],
    periods.map((row, place) => ({ ...row, labels: [String(place * 3)] })),
    [
      column(
        'joined 2023',
        'value',
        periods.map((_, place) => value(1 - place * 0.04, 'percent', 0.02)),
      ),
      column('at risk', 'count', people(...periods.map((_, place) => 300 - place * 20)), { unit: 'people' }),
    ],
  ),
  figure(
    'flow',
    'people',
    ['From', 'To'],
    [
      ['Band 2', 'Band 2'],
      ['Band 2', 'Band 3'],
      ['Band 3', 'Left'],
    ].map((labels) => ({ key: labels.join(), labels })),
    [column('people', 'value', people(210, 37, 18))],
  ),
  figure(
    'ratio',
    'ratio',
    ['Ethnic group'],
    ['Asian', 'Black', 'Mixed'].map((label) => ({ key: label, labels: [label] })),
    [column('relative likelihood', 'value', [value(0.84, 'ratio', 0.2), value(1.31, 'ratio', 0.2), withheld])],
    { references: [{ label: 'Equal', value: 1 }] },
  ),
  figure('fan', 'people', ['Year'], periods, [
    column(
      'headcount',
      'value',
      periods.map((_, place) => ({
        ...value(500 + place * 7, 'people'),
        bands:
          place > 4
            ? [
                { lower: 500, upper: 510 + place * 8, level: 0.8 },
                { lower: 490, upper: 520 + place * 9, level: 0.95 },
              ]
            : [],
      })),
    ),
  ]),
];
