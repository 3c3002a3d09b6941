import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildData, changeRelease, type Built } from '../../test/fixture.ts';
import { keys, startServing, type Serving } from '../../test/serve.ts';
import { xml } from './atom.ts';
import { calendarOf } from './calendar.ts';
import { newsFileName, newsOrNone, readNews } from './news-file.ts';
import { notesOf } from './notes.ts';

let built: Built;
let serving: Serving;
beforeAll(async () => {
  built = await buildData();
  await changeRelease(
    built.data,
    '1.0.0',
    `insert into change values ('revised', 'values', 'quarter to 2025-12-31: 12 cells')`,
  );
  writeFileSync(
    join(built.data, newsFileName),
    JSON.stringify({
      dates: [
        { at: '2026-08-06T08:30:00Z', title: 'Release of June 2026', provisional: true },
        { at: '2020-01-01T09:30:00Z', title: 'A date that has passed' },
      ],
      notes: { '1.0.0': 'One employer sent its posts twice: <see> & compare.' },
    }),
  );
  serving = await startServing(built.data, { publicAddress: 'https://figures.example' });
});
afterAll(async () => {
  await serving.close();
  built.remove();
});

const get = (path: string, headers: Record<string, string> = {}) => fetch(serving.url + path, { headers });

test('the feed of releases says what changed and why, and how to cite it', async () => {
  const response = await get('/feeds/releases.atom');
  const text = await response.text();
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/atom+xml; charset=utf-8']);
  expect(text).toContain(
    '<link rel="self" type="application/atom+xml" href="https://figures.example/feeds/releases.atom"/>',
  );
  expect(text.match(/<entry>/g)).toHaveLength(1);
  expect(text).toContain('<id>urn:ahp-support-workforce:release:1.0.0</id>');
  expect(text).toContain(
    'Release 1.0.0 was published on 1 May 2026. It holds figures of made-up people and official published figures.',
  );
  expect(text).toContain('Corrected: values quarter to 2025-12-31: 12 cells.');
  expect(text).toContain('New: period January to March 2026.');
  expect(text).toContain('One employer sent its posts twice: &lt;see&gt; &amp; compare.');
  expect(text).toContain('AHP support workforce, release 1.0.0');
  const again = await get('/feeds/releases.atom', { 'if-none-match': response.headers.get('etag')! });
  expect(again.status).toBe(304);
});

test('the feed of an organisation holds its signals as the public sees them, whoever asks', async () => {
  const plain = await get('/feeds/signals/RAA.atom');
  const text = await plain.text();
  expect(plain.status).toBe(200);
  expect(text).toContain('what stands out at Alder Trust');
  const { data } = (await (
    await serving.post({
      query: '{ signals(where: { organisation: ["RAA"] }) { ... on SignalsTable { signals { statement } } } }',
    })
  ).json()) as { data: { signals: { signals?: { statement: string }[] } } };
  const statements = data.signals.signals ?? [];
  expect(text.match(/<entry>/g)?.length ?? 0).toBe(statements.length);
  for (const { statement } of statements) expect(text).toContain(xml(statement));
  expect(await (await get('/feeds/signals/RAA.atom', { authorization: `Bearer ${keys.own}` })).text()).toBe(text);
  for (const path of ['NOBODY.atom', 'RAA', '%22.atom', '..%2fx.atom'])
    expect((await get(`/feeds/signals/${path}`)).status, path).toBe(404);
});

test('the calendar has each release, and dates that were announced and have not passed', async () => {
  const response = await get('/releases.ics');
  const text = (await response.text()).replaceAll('\r\n ', '');
  expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
  expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(2);
  expect(text).toContain(
    'UID:release-1.0.0@ahp-support-workforce\r\nDTSTAMP:20260501T093000Z\r\nDTSTART:20260501T093000Z\r\n',
  );
  expect(text).toContain(
    'DTSTART:20260806T083000Z\r\nSUMMARY:Release of June 2026\r\nDESCRIPTION:The day may still change.\r\nSTATUS:TENTATIVE',
  );
  expect(text).not.toContain('has passed');
});

test('lines of a calendar are at most 75 bytes, and the text comes back whole', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (title) => {
      const text = calendarOf('x', [
        { uid: 'u', at: '2026-01-01T09:30:00Z', stamp: '2026-01-01T09:30:00Z', title, text: '', provisional: false },
      ]);
      for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      const [, back] = /SUMMARY:(.*)/.exec(text.replaceAll('\r\n ', '').replaceAll('\r\n', '\n'))!;
      const plain = back!.replace(/\\([\\;,n])/g, (_, sign: string) => (sign === 'n' ? '\n' : sign));

      expect(plain).toBe(title.replace(/\r\n|\r/g, '\n').replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, ''));
    }),
    { seed: 20261130, numRuns: 200 },
  );
});

test('a release in which nothing changed says so', () => {
  const release = {
    version: '1.0.1',
    publishedAt: '2026-05-01T09:30:00Z',
    createdAt: '',
    hasExtracts: true,
    hasPublished: false,
    synthetic: false,
  } as Parameters<typeof notesOf>[0];
  expect(notesOf(release, [])).toBe(
    'Release 1.0.1 was published on 1 May 2026. It holds figures of workforce extracts.\n\nNothing changed against the release before it, or there was none.',
  );
});

describe('the file of news', () => {
  test.each([
    ['x', 'it is not JSON'],
    ['{"dates": 1}', '"dates" must be a list'],
    ['{"dates": [{"at": "14 January", "title": "x"}]}', 'dates[0].at must be a moment'],
    ['{"dates": [{"at": "2027-01-14T09:30:00Z"}]}', 'dates[0].title must say'],
    ['{"dates": [null]}', 'dates[0].at must be a moment'],
    ['{"notes": {"1.0.0": 1}}', '"notes" must hold a text'],
  ])('that holds %s is refused at the start with what is wrong, and is none while serving', (text, message) => {
    const folder = mkdtempSync(join(tmpdir(), 'ahp-news-'));
    const path = join(folder, newsFileName);
    try {
      writeFileSync(path, text);
      expect(() => readNews(path)).toThrow(message);
      expect(newsOrNone(path)).toEqual({ dates: [], notes: {} });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
