import { expect, test } from 'vitest';
import { extracts, suppliedExtracts } from '../extracts/index.ts';
import { workforce } from '../extracts/workforce.ts';
import { layouts } from '../layouts/index.ts';
import { extractNamed } from '../extracts/index.ts';
import { bestMatch, fits, headerKey, matchHeader } from './match.ts';

const names = workforce.columns.map(({ name }) => name);
const contract = layouts.find((layout) => layout.id === 'contract' && layout.extract === 'workforce')!;
const best = (header: readonly string[]) =>
  bestMatch(layouts.map((layout) => matchHeader(header, layout, extractNamed(layout.extract))))!;

test('case, order, BOM, surrounding space, underscores and hyphens make no difference', () => {
  const written = names.map((name, i) =>
    i % 3 === 0 ? name.toUpperCase() : i % 3 === 1 ? ` ${name.replaceAll('_', ' ')} ` : name.replaceAll('_', '-'),
  );
  const header = written.reverse();
  header[0] = `\uFEFF${header[0]}`;
  const match = matchHeader(header, contract, workforce);
  expect(fits(match)).toBe(true);
  expect(match.positions.period_end).toBe(names.length - 1);
});

test('every extract and every layout is recognised by its own header', () => {
  for (const extract of extracts) expect(best(extract.columns.map(({ name }) => name)).extract.name).toBe(extract.name);
  for (const layout of layouts) {
    const header = extractNamed(layout.extract).columns.map(({ name }) => layout.headers?.[name]?.[0] ?? name);
    expect(best(header).extract.name, `${layout.id} ${layout.extract}`).toBe(layout.extract);
  }
});

test('no layout gives one name to two columns, and codes lead to codes of the extract', () => {
  for (const layout of layouts) {
    const extract = extractNamed(layout.extract);
    const aliases = extract.columns.flatMap(({ name }) =>
      [name, ...(layout.headers?.[name] ?? [])].map((alias) => `${headerKey(alias)} ${name}`),
    );
    const keys = [...new Set(aliases)].map((alias) => alias.split(' ')[0]);
    expect(new Set(keys).size, `${layout.id} ${layout.extract}`).toBe(keys.length);
    for (const [column, map] of Object.entries(layout.codes ?? {})) {
      const codes = extract.columns.find(({ name }) => name === column)?.codes ?? ['Y', 'N'];
      expect(
        Object.values(map).filter((code) => code !== '' && !codes.includes(code)),
        `${layout.id} ${column}`,
      ).toEqual([]);
      expect(Object.keys(map).filter((key) => key !== key.toLowerCase())).toEqual([]);
    }
  }
});

test('a missing required column names the nearest one found', () => {
  const match = matchHeader(
    names.map((name) => (name === 'band' ? 'bnad' : name)),
    contract,
    workforce,
  );
  expect(match.missing).toEqual([{ column: 'band', nearest: 'bnad' }]);
  expect(match.undeclared).toEqual(['bnad']);
});

test('an extra column and a repeated column do not fit; a missing optional one does', () => {
  expect(fits(matchHeader([...names, 'remark'], contract, workforce))).toBe(false);
  expect(matchHeader([...names, 'Band'], contract, workforce).repeated).toEqual(['Band']);
  const without = matchHeader(
    names.filter((name) => name !== 'religion'),
    contract,
    workforce,
  );
  expect(fits(without)).toBe(true);
  expect(without.absent).toEqual(['religion']);
});

test('every header with one name dropped, misspelt, repeated or added is refused when that name is needed', () => {
  let mutants = 0;
  for (const extract of suppliedExtracts) {
    const header = extract.columns.map(({ name }) => name);
    for (const [i, column] of extract.columns.entries()) {
      const swap = (name: string) => header.map((one, j) => (i === j ? name : one));
      const mutated = [swap(`${column.name}x`), [...header, column.name], [...header, `new_${column.name}`]];
      if (column.required) mutated.push(header.filter((_, j) => j !== i));
      for (const one of mutated) {
        const accepted = layouts
          .filter((layout) => layout.extract === extract.name)
          .filter((layout) => fits(matchHeader(one, layout, extract)));
        expect(accepted, `${extract.name}: ${one.join(',')}`).toEqual([]);
        mutants++;
      }
    }
  }
  expect(mutants).toBeGreaterThan(150);
});
