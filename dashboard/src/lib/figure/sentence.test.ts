import { describe, expect, it } from 'vitest';
import { changeWords } from './change.ts';
import { exampleFigures } from './example-figures.ts';
import type { Figure, Kind, Value } from './figure.ts';
import { toHeadline } from './sentence.ts';

const of = (kind: Kind) => exampleFigures.find((figure) => figure.kind === kind) as Figure;
const rate = (value: number, half: number): Value => ({
  value,
  status: 'OK',
  display: `${(value * 100).toFixed(1)}%`,
  interval: { lower: value - half, upper: value + half, level: 0.95 },
});

const single = (first: Value, last: Value): Figure => ({
  ...of('line'),
  rows: of('line').rows.slice(0, 2),
  series: [{ key: 'uk', label: 'UK', role: 'value', values: [first, last] }],
});

describe('the headline of a line', () => {
  it('says no clear change when intervals overlap', () => {
    expect(toHeadline(single(rate(0.1, 0.02), rate(0.11, 0.02)))).toBe(
      'Leaver rate shows no clear change from Quarter 1 to Quarter 2',
    );
  });
  it('says which way when they do not', () => {
    expect(toHeadline(single(rate(0.1, 0.001), rate(0.12, 0.001)))).toBe(
      'Leaver rate rose from 10.0% in Quarter 1 to 12.0% in Quarter 2',
    );
  });
});

describe('across a break in the series', () => {
  const broken = (value: Value): Value => ({ ...value, flags: ['BREAK'] });
  const three = (label: string, ...values: [Value, Value, Value]) =>
    ({ key: label, label, role: 'value', values }) as const;
  const line = (unit: Figure['unit'], ...series: Figure['series']): Figure => ({
    ...of('line'),
    unit,
    rows: of('line').rows.slice(0, 3),
    series,
  });

  it('a line is told from the break on', () => {
    const at = three('Scotland', rate(0.1, 0.001), broken(rate(0.3, 0.001)), rate(0.32, 0.001));
    expect(toHeadline(line('percent', at))).toBe(
      'Leaver rate rose from 30.0% in Quarter 2 to 32.0% in Quarter 3; figures before Quarter 2 are not compared, because of a break in the series',
    );
  });

  it('a group with one is not said to rise or fall with the others', () => {
    const still = three('England', rate(10, 0.1), rate(11, 0.1), rate(12, 0.1));
    const apart = three('Scotland', rate(10, 0.1), broken(rate(11, 0.1)), rate(12, 0.1));
    expect(toHeadline(line('fte', still, apart))).toBe(
      'Leaver rate rose in England since Quarter 1; Scotland not compared, because of a break in the series',
    );
    expect(toHeadline(line('fte', apart, { ...apart, key: 'uk', label: 'UK' }))).toBe(
      'Leaver rate by group: Scotland and UK not compared, because of a break in the series',
    );
  });

  it('there is no change on a year ago, and the words say why', () => {
    const [before, now] = [rate(0.1, 0.001), broken(rate(0.2, 0.001))];
    expect(changeWords(before, now, 'percent', 'a year ago', [now])).toBe(
      'not compared with a year ago: a break in the series lies between [b]',
    );
  });
});

it('bars of counts name the two largest groups, not one of many that are empty', () => {
  const people = (value: number): Value => ({ value, status: 'OK', display: String(value), interval: null });
  const bars: Figure = {
    ...of('bar'),
    unit: 'people',
    rows: ['Dietetics', 'Podiatry', 'Physiotherapy', 'Arts therapies'].map((label) => ({
      key: label,
      labels: [label],
    })),
    series: [{ key: 'uk', label: 'UK', role: 'value', values: [0, 26, 17, 0].map(people) }],
  };
  expect(toHeadline(bars)).toBe('The largest groups are Podiatry (26) and Physiotherapy (17)');
});

it('a waterfall says by how much the workforce changed', () => {
  expect(toHeadline(of('waterfall'))).toBe('The workforce grew by 35 people, 3.5%');
});

it('an SPC chart says what its last point means', () => {
  expect(toHeadline(of('spc'))).toBe('Leaver rate: concern: high, above the upper limit');
});

it('a change in words is honest about doubt', () => {
  expect(changeWords(rate(0.1, 0.02), rate(0.11, 0.02), 'percent', 'a year ago')).toBe('no clear change on a year ago');
  expect(changeWords(rate(0.1, 0.001), rate(0.11, 0.001), 'percent', 'a year ago')).toBe(
    'up 1.0 percentage points on a year ago',
  );
  expect(
    changeWords({ ...rate(0.1, 0.001), status: 'CONFIDENTIAL' }, rate(0.11, 0.001), 'percent', 'a year ago'),
  ).toBeNull();
});
