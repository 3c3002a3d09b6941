import { chmodSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildData, buildRelease, makeCurrent, type Built } from '../../test/fixture.ts';
import type { Json } from '../../test/json.ts';
import { keys, startServing, type Serving } from '../../test/serve.ts';
import { formats } from './formats.ts';
import { Links } from './links.ts';

const query =
  'query($by: [Dimension!]) { staff(by: $by) { ... on StaffTable { release { version current } rows { area { code } headcount { value } } } } }';
const variables = '{"by":["NATION"]}';

describe('a permalink', () => {
  let built: Built;
  let serving: Serving;
  beforeAll(async () => {
    built = await buildData();
    serving = await startServing(built.data);
  });
  afterAll(async () => {
    await serving.close();
    built.remove();
  });

  const file = (format: string, headers: Record<string, string> = {}, more: Record<string, string> = {}) =>
    fetch(`${serving.url}/export.${format}?${new URLSearchParams({ query, variables, ...more })}`, { headers });
  const linkOf = (response: Response) => /<([^>]+)>; rel="canonical"/.exec(response.headers.get('link') ?? '')?.[1];
  const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer()).toString('base64');
  test('gives the same bytes after later releases, in every kind of file, whoever follows it', async () => {
    const before = new Map<string, string>();
    let link = '';
    for (const format of Object.keys(formats)) {
      const response = await file(format);
      link = linkOf(response)!;
      before.set(format, await bytesOf(response));
    }
    const described = await (await fetch(serving.url + link)).text();
    await buildRelease(built.data, '2.0.0', 3);
    makeCurrent(built.data, '2.0.0');
    await expect.poll(() => serving.releases.current).toBe('2.0.0');
    for (const [format, bytes] of before) {
      const again = await fetch(`${serving.url}${link}.${format}`, {
        headers: { authorization: `Bearer ${keys.trusted}` },
      });
      expect([again.status, (await bytesOf(again)) === bytes], format).toEqual([200, true]);
    }
    expect(await (await fetch(serving.url + link)).text()).toBe(described);
    expect(await (await file('json')).text()).toContain('"version": "2.0.0"');
    expect(JSON.parse(described)).toMatchObject({
      release: '1.0.0',
      citation: `AHP support workforce, release 1.0.0. ${link}`,
      licence: 'OGL v3',
      data: { staff: { release: { version: '1.0.0', current: true } } },
    });
  }, 20_000);

  test('says so when its release is not kept any more', async () => {
    const link = linkOf(await file('csv', {}, { release: '1.0.0' }))!;
    renameSync(join(built.data, 'releases', '1.0.0'), join(built.data, 'gone'));
    const gone = await fetch(`${serving.url}${link}.csv`);
    expect([gone.status, ((await gone.json()) as Json).errors[0].message]).toEqual([
      410,
      expect.stringContaining('release 1.0.0, which is not kept any more'),
    ]);
    expect((await fetch(serving.url + link)).status).toBe(410);
    expect((await fetch(`${serving.url}/q/${'x'.repeat(24)}`)).status).toBe(404);
    expect((await fetch(`${serving.url}/q/..%2f..%2fcurrent`)).status).toBe(404);
    expect((await fetch(`${serving.url}${link}.exe`)).status).toBe(404);
  });

  test('is of the public alone: who says who they are gets none', async () => {
    for (const key of [keys.own, keys.trusted]) {
      const response = await file('csv', { authorization: `Bearer ${key}` });
      expect([response.status, linkOf(response), (await response.text()).includes('/q/')]).toEqual([
        200,
        undefined,
        false,
      ]);
    }
  });
});

describe('the folder of links', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ahp-links-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const question = (document: string, given: object = {}) => ({
    document,
    variables: given as Record<string, unknown>,
    operationName: null,
    release: '1.0.0',
  });

  test('has one link for one question, in whatever order its variables come', async () => {
    const links = new Links(folder, 1);
    const id = await links.keep(question('{ a }', { b: [1], a: { d: 1, c: 2 } }));
    expect(await links.keep(question('{ a }', { a: { c: 2, d: 1 }, b: [1] }))).toBe(id);
    expect(await links.keep({ ...question('{ a }', { a: 1 }), release: '2.0.0' })).not.toBe(id);
    expect(await new Links(folder, 1).find(id!)).toMatchObject({ document: '{ a }', release: '1.0.0' });
  });

  test('keeps nothing new when it is full, and what it keeps stays', async () => {
    const links = new Links(folder, 0.02);
    const ids: (string | null)[] = [];
    for (let i = 0; i < 8; i += 1) ids.push(await links.keep(question(`{ a${i} }`)));
    expect(ids.filter((id) => id !== null)).toHaveLength(4);
    expect(await links.find(ids[0]!)).not.toBeNull();
    expect(await links.keep(question('{ a0 }'))).toBe(ids[0]);
    expect(await new Links(folder, 0.02).keep(question('{ other }'))).toBeNull();
  });

  test('does not answer with a question that was changed', async () => {
    const links = new Links(folder, 1);
    const id = (await links.keep(question('{ a }')))!;
    writeFileSync(join(folder, id.slice(0, 2), `${id}.json`), JSON.stringify(question('{ b }')));
    expect(await links.find(id)).toBeNull();
    expect(readdirSync(join(folder, id.slice(0, 2)))).toEqual([`${id}.json`]);
  });

  test('may be one that nobody can write to', async () => {
    const path = join(folder, 'file');
    writeFileSync(path, '');
    chmodSync(path, 0o400);
    expect(await new Links(path, 1).keep(question('{ a }'))).toBeNull();
  });
});
