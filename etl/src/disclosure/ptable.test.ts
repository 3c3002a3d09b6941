import { readFileSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sharedData, skipReason } from '@ahp/sql/shared-data';
import { Refusal } from '../refusal.ts';
import { keyRange, type Row } from './ptable-row.ts';
import { changeOf, createPTable, publish, rowIndex, type PTable, type PTableParameters } from './ptable.ts';
import vectors from './vectors/ckm_vectors.json' with { type: 'json' };

const folder = sharedData('vectors/ptable');
const official = sharedData('vectors/tauargus');

const published: { file: string; parameters: PTableParameters; tolerance: number }[] = [
  { file: 'ptable_D2V090.csv', parameters: { D: 2, V: 0.9, js: 0 }, tolerance: 1.3e-7 },
  { file: 'ptable_D2V1.csv', parameters: { D: 2, V: 1, js: 0 }, tolerance: 1.3e-7 },
  { file: 'ptable_D2V105js1.csv', parameters: { D: 2, V: 1.05, js: 1, monotone: 'uncut' }, tolerance: 1.3e-7 },
  { file: 'ptable_D2V108js1.csv', parameters: { D: 2, V: 1.08, js: 1, monotone: 'uncut' }, tolerance: 1.3e-7 },
  { file: 'ptable_D5_V3_js2.csv', parameters: { D: 5, V: 3, js: 2 }, tolerance: 1.3e-7 },
  { file: 'ptable_D5V3js2_pstay05.csv', parameters: { D: 5, V: 3, js: 2, stay: 0.5 }, tolerance: 1.3e-7 },
  {
    file: 'ptable_RECOMMENDED_D10_V6.25_js4.csv',
    parameters: { D: 10, V: 6.25, js: 4, equality: true },
    tolerance: 1e-11,
  },
  { file: 'ptable_own_D5_V3_js2.csv', parameters: { D: 5, V: 3, js: 2, equality: true }, tolerance: 1e-11 },
];

describe.skipIf(!folder)(
  `p-tables printed by Eurostat's ptable package${folder ? '' : ` (${skipReason('vectors/ptable')})`}`,
  () => {
    test.each(published)('$file is reproduced', ({ file, parameters, tolerance }) => {
      const table = createPTable(parameters);
      const lines = read(`${folder}/${file}`, ',');
      expect(greatestGap(table, lines, 'p')).toBeLessThan(tolerance);
      if (lines[0]!.ub32)
        expect(bounds(table)).toEqual(lines.map((line) => `${line.i} ${line.v} ${line.lb32} ${line.ub32}`));
    });
    test('no count table in the folder is left out', () => {
      const files = readdirSync(folder!).filter((name) => !name.includes('_num_'));
      expect(files.sort()).toEqual(published.map(({ file }) => file).sort());
    });
  },
);

describe.skipIf(!official)(
  `official tables of tau-ARGUS${official ? '' : ` (${skipReason('vectors/tauargus')})`}`,
  () => {
    test('D5 V3 js2 with half of all cells unchanged is reproduced', () => {
      const table = createPTable({ D: 5, V: 3, js: 2, stay: 0.5, equality: true });
      expect(greatestGap(table, read(`${official}/ptab_freq.txt`, ';'), 'p')).toBeLessThan(1.6e-8);
    });
    test('D5 V2.001 js2 is reproduced', () => {
      const table = createPTable({ D: 5, V: 2.001, js: 2, equality: true });
      expect(greatestGap(table, read(`${official}/20160511_szenario_5a.txt`, ';'), 'p_ij')).toBeLessThan(1.5e-6);
    });
  },
);

describe('a p-table', () => {
  test('equals our own reference vectors bound by bound', () => {
    const { D, V, js, rows } = vectors.ptable;
    const table = createPTable({ D, V, js, equality: true });
    const expected = Object.entries(rows).flatMap(([i, row]) => row.map(([v, from, to]) => `${i} ${v} ${from} ${to}`));
    expect(bounds(table)).toEqual(expected);
  });

  test('gives the published spot checks of the cell key method', () => {
    const table = createPTable({ D: 5, V: 3, js: 2, stay: 0.5 });
    const checks = [
      [1143, 0.9794527, 1147],
      [571, 0.1545729, 569],
      [84, 0.1113807, 82],
      [7, 0.9382395, 10],
      [6, 0.5272889, 6],
      [228, 0.0424392, 225],
      [572, 0.8248798, 573],
      [13, 0.4655284, 13],
    ] as const;
    const answers = checks.map(([count, key]) => publish(table, count, Math.floor(key * keyRange)));
    expect(answers).toEqual(checks.map(([, , expected]) => expected));
  });

  test("has the shape that cellKey's tests assert for D5 V3 js2 with stay .5", () => {
    const changes = createPTable({ D: 5, V: 3, js: 2, stay: 0.5 }).rows.flat();
    const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    expect(changes).toHaveLength(66);
    expect(mean(changes.map(({ p }) => p))).toBeCloseTo(0.136, 3);
    expect(mean(changes.map(({ from }) => from / keyRange))).toBeCloseTo(0.562, 3);
    expect(mean(changes.map(({ to }) => to / keyRange))).toBeCloseTo(0.698, 3);
    expect(mean(changes.map(({ v }) => v!))).toBeCloseTo(1.045, 3);
  });

  test('shows zero for the true counts that the public audience is told of', () => {
    const table = createPTable({ D: 10, V: 6.25, js: 4, equality: true });
    const zero = [1, 2, 3, 4, 5, 6, 7].map((n) => table.rows[n]!.find(({ v }) => v === -n)!.p);
    [0.85, 0.61, 0.41, 0.27, 0.17, 0.1, 0.05].forEach((p, k) => expect(zero[k]).toBeCloseTo(p, 2));
  });

  test('keeps a variance that cannot be reached as an upper bound only', () => {
    expect(variance(createPTable({ D: 2, V: 1, js: 0 }).rows[1]!)).toBeCloseTo(0.93188, 5);
    expect(variance(createPTable({ D: 5, V: 2, js: 0 }).rows[1]!)).toBeCloseTo(1.30247, 5);
  });

  test('refuses a variance that no unbiased change can have, naming the row', () => {
    const refusal = () => createPTable({ D: 3, V: 0.5, js: 2, equality: true });
    expect(refusal).toThrow(Refusal);
    expect(refusal).toThrow(/D=3 V=0.5 js=2, row 1/);
  });

  test('serves every count beyond its last row with that row', () => {
    const table = createPTable({ D: 5, V: 3, js: 2 });
    expect([0, 7, 8, 9, 100_000].map((count) => rowIndex(table, count))).toEqual([0, 7, 8, 8, 8]);
    expect(changeOf(table, 0, 123)).toBe(0);
  });
});

describe('for any D, js and attainable V', () => {
  const parameters = fc
    .record({
      D: fc.integer({ min: 2, max: 12 }),
      js: fc.integer({ min: 0, max: 5 }),
      place: fc.double({ min: 0.2, max: 0.6, noNaN: true }),
    })
    .map(({ D, js, place }) => ({ D, js, V: attainable(D, js, place) }))
    .filter(({ D, js, V }) => js < D && !Number.isNaN(V));

  test('each row sums to 1, has mean 0 and variance V, stays in bounds and never lands on 1..js', () => {
    fc.assert(
      fc.property(parameters, ({ D, js, V }) => {
        const table = createPTable({ D, V, js, equality: true, monotone: false });
        table.rows.slice(1).forEach((row, index) => checkRow(row, index + 1, D, V, js));
      }),
      { numRuns: 60, seed: 20260331 },
    );
  });

  test('a greater fall is never likelier than a smaller one, and the variance never exceeds V', () => {
    fc.assert(
      fc.property(parameters, ({ D, js, V }) => {
        for (const row of createPTable({ D, V, js }).rows.slice(1)) {
          const falls = row.filter(({ v }) => v! <= 0).map(({ p }) => p);
          expect(falls.every((p, k) => k === 0 || falls[k - 1]! <= p + 1e-9)).toBe(true);
          expect(variance(row)).toBeLessThan(V + 1e-9);
        }
      }),
      { numRuns: 60, seed: 20260331 },
    );
  });

  test.each([
    { D: 10, V: 6.25, js: 4 },
    { D: 5, V: 3, js: 2 },
  ])('the audience table D$D V$V js$js passes every row check', ({ D, V, js }) => {
    createPTable({ D, V, js, equality: true })
      .rows.slice(1)
      .forEach((row, index) => checkRow(row, index + 1, D, V, js));
  });
});

/** A variance inside the range that every row can reach: a share `place` of the way up. */
function attainable(D: number, js: number, place: number): number {
  const least = Math.max(0.05, ...Array.from({ length: js }, (_, k) => (k + 1) * (js - k)));
  return least < D ? least + place * (D - least) : NaN;
}

function checkRow(row: Row, i: number, D: number, V: number, js: number): void {
  const total = row.reduce((sum, { p }) => sum + p, 0);
  const mean = row.reduce((sum, { p, v }) => sum + p * v!, 0);
  expect(Math.abs(total - 1)).toBeLessThan(1e-9);
  expect(Math.abs(mean)).toBeLessThan(1e-9);
  expect(Math.abs(variance(row) - V)).toBeLessThan(1e-9);
  for (const { v, p, from, to } of row) {
    expect(p).toBeGreaterThanOrEqual(0);
    expect(to).toBeGreaterThanOrEqual(from);
    expect(Math.abs(v!)).toBeLessThanOrEqual(D);
    expect(i + v!).toBeGreaterThanOrEqual(0);
    expect(i + v! >= 1 && i + v! <= js).toBe(false);
  }
  expect(row[0]!.from).toBe(0);
  expect(row.at(-1)!.to).toBe(keyRange);
  row.slice(1).forEach(({ from }, k) => expect(from).toBe(row[k]!.to));
}

function variance(row: Row): number {
  return row.reduce((sum, { p, v }) => sum + p * v! ** 2, 0);
}

function bounds({ rows }: PTable): string[] {
  return rows.flatMap((row, i) => row.map(({ v, from, to }) => `${i} ${v} ${from} ${to}`));
}

function greatestGap(table: PTable, lines: Record<string, string>[], column: string): number {
  expect(lines).toHaveLength(table.rows.flat().length);
  const gaps = lines.map((line) => {
    const change = table.rows[Number(line.i)]!.find(({ v }) => v === Number(line.v));
    return change ? Math.abs(change.p - Number(line[column])) : Infinity;
  });
  return Math.max(...gaps);
}

function read(path: string, separator: string): Record<string, string>[] {
  const [header, ...lines] = readFileSync(path, 'utf8').trim().split(/\r?\n/);
  const names = header!.split(separator);
  return lines.map((line) => Object.fromEntries(line.split(separator).map((value, k) => [names[k]!, value])));
}
