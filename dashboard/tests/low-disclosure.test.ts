import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixedSecret, type Service, startService } from './service.ts';

const cli = fileURLToPath(new URL('../../etl/src/cli.ts', import.meta.url));

describe('a release in which half of the people have not said whether they are disabled', () => {
  const home = mkdtempSync(join(tmpdir(), 'ahp-disclosure-'));
  let service: Service;
  beforeAll(async () => {
    const env = { ...process.env, ...fixedSecret };
    const etl = (...words: string[]) => execFileSync(process.execPath, [cli, ...words], { stdio: 'pipe', env });
    const extracts = join(home, 'extracts');
    etl('sample', '--people', '3000', '--months', '14', '--seed', '11', '--out', extracts);
    for (const name of readdirSync(extracts).filter((name) => name.startsWith('workforce-'))) {
      const [header, ...rows] = readFileSync(join(extracts, name), 'utf8').split('\n');
      const [person, disability] = ['person_id', 'disability'].map((column) => header!.split(',').indexOf(column));
      const silent = (row: string) => /[0-7]$/.test(row.split(',')[person!] ?? '');
      const told = rows.map((row) => (silent(row) ? row.split(',').with(disability!, '').join(',') : row));
      writeFileSync(join(extracts, name), [header, ...told].join('\n'));
    }
    etl('build', '--extracts', extracts, '--data', join(home, 'data'));
    service = await startService(join(home, 'data'));
  });
  afterAll(async () => {
    await service?.close();
    rmSync(home, { recursive: true, force: true });
  });
  const page = async (path: string) => (await fetch(service.url + path)).text();
  const refused =
    /not compared, because disability is known for 4\d\.\d% of people, and groups are compared from 60\.0% on/;

  it('gives no ratio between disabled and other people, and says why, on the page and in its file', async () => {
    const text = await page('/equity?group=disability&outcome=leaver_rate');
    expect(text).toMatch(refused);
    expect(text).not.toMatch(/staff are (worse|better) off|no clear difference from/);
    const [head, ...lines] = (await page('/equity/figure.csv?group=disability&outcome=leaver_rate&figure=likelihood'))
      .trim()
      .split('\r\n');
    const at = (line: string, column: string) => line.split(',')[head!.split(',').indexOf(column)];
    expect(lines.map((line) => [at(line, 'value'), at(line, 'status')])).toEqual([['', 'not_available']]);
  });

  it('compares by what people have told, and says of how many beside it', async () => {
    const text = await page('/equity?group=sex&outcome=leaver_rate');
    expect(text).not.toMatch(/not compared, because/);
    expect(text).toMatch(/Sex is known for (\d\d\.\d|100\.0)% of people/);
  });

  it('has how many are known beside the share of disabled people, on the page, in its file and on that of the measure', async () => {
    const csv = await page('/trends/figure.csv?measure=disabled_share&by=none&figure=trend');
    expect(csv).toMatch(/,Disability answer known,[^\r]*,percent,4\d\.\d/);
    expect(await page('/trends?measure=disabled_share')).toContain('England: disability answer known');
    expect(await page('/measures/disabled_share')).toContain('disability answer known');
  });
});
