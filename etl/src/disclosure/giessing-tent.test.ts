import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sharedData, skipReason } from '@ahp/sql/shared-data';
import {
  createMagnitudeTable,
  interpolatedChange,
  noiseShare,
  perturbSum,
  type MagnitudeTable,
} from './giessing-tent.ts';
import { bounded, keyRange } from './ptable-row.ts';

const folder = sharedData('vectors');

describe.skipIf(!folder)(`magnitude tables${folder ? '' : ` (${skipReason('vectors')})`}`, () => {
  test.each([
    {
      file: 'ptable/ptable_num_D10V3step2_icat1_5_10.csv',
      D: 10,
      V: 3,
      equality: true,
      positions: [1, 5, 10],
      tolerance: 1.3e-7,
    },
    { file: 'tauargus/ptab_savings_all.txt', D: 5, V: 1, equality: false, positions: [1, 5], tolerance: 1.3e-7 },
    { file: 'tauargus/ptab_savings_smallcells.txt', D: 8, V: 2, equality: false, positions: [1, 8], tolerance: 1.3e-7 },
  ])('$file is reproduced', ({ file, tolerance, ...given }) => {
    const table = createMagnitudeTable({ ...given, steps: 2 });
    const lines = read(`${folder}/${file}`);
    expect(lines).toHaveLength(table.rows.flat().length);
    for (const { i, v, p } of lines) {
      const change = table.rows[table.positions.indexOf(Number(i))]!.find((one) => one.v === Number(v));
      expect(Math.abs(change!.p - Number(p))).toBeLessThan(tolerance);
    }
  });

  test("cellKey's 21 perturbed sums of income and savings are reproduced", () => {
    const table = createMagnitudeTable({ D: 10, V: 3, steps: 2, positions: [1, 5, 10], equality: true });
    const records = read(`${folder}/cellkey/cellkey_magnitude_records_4580.csv`);
    const expected = read(`${folder}/cellkey/cellkey_magnitude_expected_21cells.csv`);
    const flex = { small: 0.2, large: 0.03, flexPoint: 1000, power: 2 };
    const epsilon = [1, 0.5, 0.3];
    for (const cell of expected) {
      const members = records.filter(
        ({ sex, age }) => (cell.sex === 'Total' || sex === cell.sex) && (cell.age === 'Total' || age === cell.age),
      );
      const sum = (of: (record: Record<string, string>) => number) =>
        members.reduce((total, one) => total + of(one), 0);
      const weighted = (name: string) => sum((one) => Number(one[name]) * Number(one.sampling_weight));
      expect(weighted('income')).toBe(Number(cell.income_ws));

      const digits = decimalKey(members);
      const keys = [1, 2, 3].map((places) => wholeKey(digits.slice(places) + digits.slice(0, places)));
      const answers = largestThree(members).map((three) => {
        const contributions = three.map((one) => Number(one.income) * Number(one.sampling_weight));
        const scales = contributions.map((x, j) => x * noiseShare(flex, x) * epsilon[j]!);
        return perturbSum(table, weighted('income'), scales, keys);
      });
      const gap = Math.min(...answers.map((answer) => Math.abs(answer - Number(cell.income_pws))));
      expect(gap).toBeLessThan(1e-4);

      const mean = weighted('savings') / sum((one) => Number(one.sampling_weight));
      const saved = wholeKey(decimalKey(members.filter((one) => Number(one.savings) !== 0)));
      expect(perturbSum(table, weighted('savings'), [mean * 0.1], [saved])).toBeCloseTo(Number(cell.savings_pws), 4);
    }
  });
});

describe('the scheme for sums', () => {
  const fixed = (values: Record<number, number>): MagnitudeTable => ({
    positions: Object.keys(values).map(Number),
    rows: Object.values(values).map((v) => bounded([v], [1])),
  });

  test("gives the handbook's worked example: 300 with largest contribution 200", () => {
    const table = fixed({ 0: 0, 2: 0, 3: 1 });
    expect(perturbSum(table, 300, [0.5 * 200], [0])).toBe(400);
    expect(perturbSum(table, 300, [0.6 * 200], [0])).toBe(360);
  });

  test('interpolates between rows and stays in the last row beyond it', () => {
    const table = fixed({ 0: 0, 1: 4, 5: 2 });
    expect([0, 0.5, 1, 2, 5, 90].map((position) => interpolatedChange(table, position, 7))).toEqual([
      0, 2, 4, 3.5, 2, 2,
    ]);
  });

  test('never falls below zero, and leaves a sum of zero alone', () => {
    const table = fixed({ 0: 0, 1: -1, 5: -5 });
    expect(perturbSum(table, 30, [40, 40], [0, 0])).toBe(0);
    expect(perturbSum(table, 0, [40], [0])).toBe(0);
  });
});

/** The three largest incomes, in every order that ties allow: cellKey breaks ties by the order of its sort. */
function largestThree(members: Record<string, string>[]): Record<string, string>[][] {
  const income = (one: Record<string, string>) => Number(one.income);
  const sorted = members.toSorted((a, b) => income(b) - income(a));
  const near = sorted.filter((one) => income(one) >= income(sorted[2]!));
  return near
    .flatMap((a) => near.flatMap((b) => near.map((c) => [a, b, c])))
    .filter((three) => new Set(three).size === 3 && three.every((one, k) => income(one) === income(sorted[k]!)));
}

/** The cell key of 8-digit record keys, as its digits after the point. */
function decimalKey(members: Record<string, string>[]): string {
  const total = members.reduce((sum, { rkey }) => sum + Math.round(Number(rkey) * 1e8), 0);
  return String(total % 1e8).padStart(8, '0');
}

function wholeKey(digits: string): number {
  return Math.floor((Number(digits) / 1e8) * keyRange);
}

function read(path: string): Record<string, string>[] {
  const [header, ...lines] = readFileSync(path, 'utf8').trim().split(/\r?\n/);
  const separator = header!.includes(';') ? ';' : ',';
  const names = header!.split(separator);
  return lines.map((line) => Object.fromEntries(line.split(separator).map((value, k) => [names[k]!, value])));
}
