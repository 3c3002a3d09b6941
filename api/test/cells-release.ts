import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMacros } from '@ahp/sql/macros';
import { openWorkshop } from '@ahp/sql/open';
import { dimensions } from '../src/release/dimension.ts';
import { run } from './run.ts';
import { everyone } from '../src/identity/asker.ts';
import { Releases } from '../src/release/releases.ts';
import { makeCurrent } from './fixture.ts';
import { writeSigned } from './signed-release.ts';

/** A published cell; `codes` are its categories in the order of the set. */
export interface TestCell {
  set: string;
  grain: 'quarter' | 'year';
  level: 'uk' | 'nation' | 'organisation';
  area: string;
  end: string;
  codes?: readonly string[];
  tally: string;
  value: number;
}

export interface CellsRelease {
  /** The part of an answer under a root field; throws when there are errors. */
  ask: (document: string) => Promise<Record<string, any>>;
  close: () => Promise<void>;
}

const text = (value: string) => `'${value.replaceAll("'", "''")}'`;

/** A release that holds just these cells, for the public with noise of variance `v` and breaks of all its tallies in England by the day from which they hold; organisations are of England. `official` cells are of one publication. */
export async function releaseOf(
  cells: readonly TestCell[],
  options: { v?: number; breaks?: Record<string, string>; official?: readonly TestCell[]; feed?: string } = {},
): Promise<CellsRelease> {
  const data = mkdtempSync(join(tmpdir(), 'ahp-cells-'));
  const folder = join(data, 'releases', '1.0.0');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'public.duckdb');
  await writeCells(path, cells, options);
  const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex');
  const files = { 'public.duckdb': { sha256, bytes: statSync(path).size } };
  writeSigned(data, '1.0.0', { state: 'published', files });
  makeCurrent(data, '1.0.0');
  const releases = await Releases.once(data);
  return {
    ask: async (document) => {
      const { answer } = await run(document, {}, everyone, releases);
      if (answer.errors?.length) throw new Error(answer.errors.map(({ message }) => message).join('; '));
      return answer.data as Record<string, any>;
    },
    close: async () => {
      await releases.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

async function writeCells(
  path: string,
  cells: readonly TestCell[],
  {
    v = 0,
    breaks = {},
    official = [],
    feed = 'nhs_ethnicity',
  }: { v?: number; breaks?: Record<string, string>; official?: readonly TestCell[]; feed?: string },
): Promise<void> {
  const instance = await openWorkshop(path);
  const connection = await instance.connect();
  const distinct = (of: (cell: TestCell) => string | readonly string[]) => [
    ...new Set([...cells, ...official].flatMap(of)),
  ];
  const list = (values: readonly string[]) => `enum (${values.map(text).join(', ')})`;
  try {
    const places = distinct(({ level, area }) => (level === 'organisation' ? area : []));
    const categories = distinct(({ set, codes = [] }) =>
      set.split('+').map((id, i) => `${id}|${codes[i] ?? ''}`),
    ).filter((pair) => !pair.startsWith('|'));
    const types: Record<string, string> = {
      set_t: list(['', ...distinct(({ set }) => set)].filter((set, i, all) => all.indexOf(set) === i)),
      grain_t: list(['month', 'quarter', 'year']),
      level_t: list(['uk', 'nation', 'region', 'system', 'organisation']),
      area_t: list(['uk', 'england', ...places]),
      category_t: list([...new Set(['none', ...categories.map((pair) => pair.split('|')[1]!)])]),
      tally_t: list(distinct(({ tally }) => tally)),
      feed_t: list([feed]),
    };
    for (const [name, type] of Object.entries(types)) await connection.run(`create type ${name} as ${type}`);
    await connection.run(readFileSync(new URL('../../sql/lattice/release.sql', import.meta.url), 'utf8'));
    await createMacros(connection);
    await connection.run(`
      insert into release values ('1.0.0', 'Test', '2026-05-01', '2026-05-01', true, true, ${official.length > 0}, 'test', 'Test release', 'OGL v3');
      insert into audience values ('public', 'Public', 10, ${v}, 4, 5, 30);
      insert into area by name select * from (values ('uk', 'uk', 'United Kingdom', null), ('nation', 'england', 'England', null)
        ${places.map((code) => `, ('organisation', ${text(code)}, ${text(`Trust ${code}`)}, 'england')`).join('')}) as place(level, code, label, nation)`);
    for (const { id, label } of dimensions)
      await connection.run(
        `insert into dimension values (${text(id)}, ${text(label)}, ${id === 'ethnic_group' || id === 'disability'}, false, 1)`,
      );
    for (const [sort, pair] of categories.entries()) {
      const [id, code] = pair.split('|') as [string, string];
      await connection.run(
        `insert into category values (${text(id)}, ${text(code)}, ${text(code)}, null, ${sort}, null, null)`,
      );
    }
    const periods = [...new Set(cells.map(({ grain, end }) => `${grain}|${end}`))].sort();
    for (const period of periods) {
      const [grain, end] = period.split('|') as [string, string];
      const flows = cells.some((cell) => cell.grain === grain && cell.end === end && cell.tally !== 'headcount');
      await connection.run(
        `insert into period values (${text(grain)}, ${text(end)}, null, ${text(`${grain} to ${end}`)}, ${flows}, false)`,
      );
    }
    for (const [from, label] of Object.entries(breaks))
      for (const tally of distinct(({ tally }) => tally))
        await connection.run(
          `insert into break values ('england', ${text(from)}, ${text(tally)}, ${text(label)}, 'Not the same before.', 'a test')`,
        );
    for (const row of distinct(
      ({ set, grain, level, tally }) => `(${[grain, level, set, tally].map(text).join(', ')})`,
    ))
      await connection.run(`insert into policy values ${row}`);
    const rows = cells.map(
      ({ set, grain, level, area, end, codes = [], tally, value }) =>
        `(${[set, grain, level, area, end].map(text).join(', ')}, ${[0, 1, 2].map((i) => (codes[i] ? text(codes[i]) : 'null')).join(', ')}, ${text(tally)}, ${value})`,
    );
    for (let i = 0; i < rows.length; i += 500)
      await connection.run(`insert into cell values ${rows.slice(i, i + 500).join(', ')}`);
    for (const end of new Set(official.map((cell) => cell.end)))
      await connection.run(
        `insert into published_period values (${text(feed)}, ${text(official[0]!.grain)}, ${text(end)}, null, ${text(end)}, true)`,
      );
    if (official.length > 0)
      await connection.run(
        `insert into published_feed values (${text(feed)}, 'Official figures', 'NHS England', 'OGL v3', null, null)`,
      );
    for (const { set, grain, level, area, end, codes = [], tally, value } of official)
      await connection.run(
        `insert into published_cell values (${text(feed)}, ${[set, grain, level, area, end].map(text).join(', ')}, ${[0, 1, 2].map((i) => (codes[i] ? text(codes[i]) : 'null')).join(', ')}, ${text(tally)}, ${value})`,
      );
    await connection.run('checkpoint');
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
