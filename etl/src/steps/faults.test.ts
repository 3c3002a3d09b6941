import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sharedData, skipReason } from '@ahp/sql/shared-data';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Extract } from '../extracts/extract.ts';
import type { Layout } from '../layouts/layout.ts';
import { Reader } from '../confined/reader.ts';
import { createExtractTables } from '../extracts/tables.ts';
import { takeKept } from '../reading/cache.ts';
import { ExtractRefusal } from '../reading/extract-refusal.ts';
import { receive } from './receive.ts';

/** The tiny contract of the fault files: org, staff, fte, band, note. */
const heads: Extract = {
  name: 'heads',
  title: 'Heads',
  meaning: 'Staff by organisation.',
  grain: 'one row per organisation',
  key: [],
  columns: [
    {
      name: 'org',
      kind: 'reference',
      required: true,
      filled: true,
      pattern: 'R[A-Z0-9]{2}',
      meaning: 'Organisation.',
      example: 'R1A',
    },
    { name: 'staff', kind: 'integer', required: true, filled: true, minimum: 0, meaning: 'Staff.', example: '10' },
    {
      name: 'fte',
      kind: 'decimal',
      required: true,
      filled: true,
      scale: 5,
      minimum: 0,
      meaning: 'FTE.',
      example: '8.5',
    },
    {
      name: 'band',
      kind: 'code',
      required: true,
      filled: true,
      codes: ['2', '3', '4'],
      meaning: 'Band.',
      example: '3',
    },
    { name: 'note', kind: 'text', required: true, pattern: '[A-Za-z0-9é ]{1,100}', meaning: 'Note.', example: 'x' },
  ],
};
const layouts: Layout[] = [{ id: 'contract', title: 'Heads', extract: 'heads' }];

type Outcome = { refused?: string; rows?: (string | null)[][]; quarantined?: number[]; warnings?: string[] };

let connection: DuckDBConnection;
const folder = mkdtempSync(join(tmpdir(), 'faults-'));
const kept = mkdtempSync(join(tmpdir(), 'faults-kept-'));
const faults = sharedData('hostile/etl-faults-own');
const reads = faults === null ? [folder] : [folder, faults];
const reader = new Reader({ reads, writes: [kept], memory: 200e6, temporary: kept });
beforeAll(async () => {
  connection = await (await DuckDBInstance.create(':memory:')).connect();
});
afterAll(async () => {
  await reader.close();
  for (const path of [folder, kept]) rmSync(path, { recursive: true, force: true });
});

async function outcome(path: string): Promise<Outcome> {
  await connection.run('drop table if exists heads');
  await connection.run('drop table if exists quarantine');
  const { files, refusals } = await receive([path], { layouts, extractOf: () => heads });
  if (refusals[0]) return { refused: refusals[0].code };
  try {
    const result = await reader.check(files[0]!, { received: kept });
    await createExtractTables(connection, [heads]);
    await takeKept(connection, kept, files, 'heads', 'quarantine');
    expect(result.read).toBe(result.loaded + result.quarantined);
    const rows = await connection.runAndReadAll(
      'select org, staff::varchar, fte::varchar, band, note from heads order by line',
    );
    const lines = await connection.runAndReadAll('select distinct line from quarantine order by 1');
    return {
      rows: rows.getRowsJson() as (string | null)[][],
      quarantined: lines.getRowsJS().map(([line]) => Number(line)),
      warnings: result.warnings,
    };
  } catch (error) {
    if (!(error instanceof ExtractRefusal)) throw error;
    return { refused: error.code };
  }
}

describe.skipIf(faults === null)('fault files', () => {
  const expectations = faults
    ? (JSON.parse(readFileSync(`${faults}/expectations.json`, 'utf8')) as Record<string, string>)
    : { [skipReason('hostile/etl-faults-own')]: '' };
  if (faults)
    writeFileSync(join(folder, 'bignote.csv'), `org,staff,fte,band,note\nR1A,10,8.5,3,${'x'.repeat(3 << 20)}\n`);

  for (const [name, demanded] of Object.entries(expectations)) {
    test(`${name}: ${demanded}`, async () => {
      const path = name === 'bignote' ? join(folder, 'bignote.csv') : `${faults}/${name}.csv`;
      const got = await outcome(path);
      expect(demands(demanded, got), JSON.stringify(got)).toBe(true);
    });
  }

  test('every fault file is named in the expectations', () => {
    const files = readdirSync(faults!).filter((name) => name.endsWith('.csv'));
    expect(files.filter((name) => !(name.slice(0, -4) in expectations))).toEqual([]);
  });
});

/** Whether an outcome is one of those an expectation allows. */
function demands(demanded: string, got: Outcome): boolean {
  return demanded.split(/ or (?=refuse|accept|quarantine|trim)/).some((one) => {
    if (one.startsWith('refuse')) return got.refused !== undefined;
    const line = /^quarantine row (\d+)/.exec(one);
    if (line) return got.quarantined?.length === 1 && got.quarantined[0] === Number(line[1]);
    const accepted = /^accept (\d+) rows?/.exec(one);
    if (accepted) {
      const warned = !one.includes('warn') || (got.warnings?.length ?? 0) > 0;
      return got.rows?.length === Number(accepted[1]) && got.quarantined?.length === 0 && warned;
    }
    if (one.startsWith('accept mapped BY NAME')) return got.rows?.[0]?.[1] === '10' && got.rows[0][2] === '8.50000';
    return one.startsWith('accept with explicit') && got.rows?.[0]?.[0] === 'R1A';
  });
}

test('a file accepted although its columns are in another order keeps its values by name', async () => {
  const path = join(folder, 'reordered.csv');
  writeFileSync(path, 'note,BAND, Fte,staff,org\nx,3,8.5,10,R1A\n');
  expect((await outcome(path)).rows).toEqual([['R1A', '10', '8.50000', '3', 'x']]);
});

test('a file cut at any byte is refused or loses only whole last lines', async () => {
  const rows = Array.from({ length: 12 }, (_, i) => `R1${'ABCDEFGHJKLM'[i]},${i},${i}.5,3,"n ${i}"\n`);
  const whole = `org,staff,fte,band,note\n${rows.join('')}`;
  const path = join(folder, 'cut.csv');
  for (let end = 1; end < whole.length; end++) {
    writeFileSync(path, whole.slice(0, end));
    const got = await outcome(path);
    if (got.refused === undefined) {
      expect(whole[end - 1]).toBe('\n');
      expect(got.rows).toHaveLength(whole.slice(0, end).split('\n').length - 2);
    }
  }
});
