import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishedData, type Service, startService } from './service.ts';

const shared = process.env.AHP_SHARED ?? fileURLToPath(new URL('../../../shared', import.meta.url));
const publication = join(shared, 'data/published/england-turnover');
const absent = !existsSync(publication);
if (absent)
  console.warn(`skipped: ${publication} is not beside the project (set AHP_SHARED to the folder that holds data/)`);

describe.skipIf(absent)('a release of official figures alone', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService(process.env.AHP_TEST_PUBLISHED ?? publishedData(publication));
  });
  afterAll(() => service?.close());
  const page = async (path: string) => {
    const response = await fetch(service.url + path);
    expect(response.status).toBe(200);
    return response.text();
  };

  it.each(['/nations', '/retention', '/progression', '/equity', '/scorecard', '/board', '/methods/disclosure'])(
    '%s stands without person-level extracts',
    async (path) => {
      expect(await page(path)).not.toContain('Synthetic');
    },
  );

  it.each(['/', '/trends', '/organisations', '/data', '/measures', '/methods', '/changes'])(
    '%s says that its figures are official',
    async (path) => {
      const text = await page(path);
      expect(text).toContain('Official published figures');
      expect(text).not.toContain('Synthetic');
    },
  );

  it.each(['/', '/trends', '/organisations'])('%s never passes all staff off as AHP support', async (path) => {
    expect(await page(path)).toContain('Official figures do not show AHP support staff by themselves.');
  });

  it('says what can be compared between nations, and that it has figures of one alone', async () => {
    const text = await page('/nations');
    expect(text).toContain('Between all nations');
    expect(text).toContain('Official figures are of England alone');
    expect(text).not.toContain('id="side-by-side"');
  });

  it('gives one organisation with its staff groups', async () => {
    const code = /href="\/organisations\/([\w-]+)"/.exec(await page('/organisations'))?.[1];
    expect(await page(`/organisations/${code}`)).toContain('Headcount by staff group');
  });

  it('offers files that exist', async () => {
    const links = [...(await page('/data')).matchAll(/href="(\/trends\/figure\.csv[^"]*)"/g)].map((found) =>
      (found[1] ?? '').replaceAll('&amp;', '&'),
    );
    expect(links.length).toBeGreaterThan(3);
    for (const link of links) expect(await page(link)).toContain('Official published figures');
  });
});
