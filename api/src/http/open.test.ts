import { gunzipSync } from 'node:zlib';
import { request } from 'node:http';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildData, type Built } from '../../test/fixture.ts';
import type { Json } from '../../test/json.ts';
import { keys, startServing, type Serving } from '../../test/serve.ts';
import { encodingFor, isKnown } from './etag.ts';

let built: Built;
let serving: Serving;
let audit: string;
const lines: string[] = [];
beforeAll(async () => {
  built = await buildData();
  audit = mkdtempSync(join(tmpdir(), 'ahp-audit-'));
  serving = await startServing(built.data, {
    auditLog: join(audit, 'log'),
    log: { write: (line) => void lines.push(line) },
  });
});
afterAll(async () => {
  await serving.close();
  built.remove();
  rmSync(audit, { recursive: true });
});

const query =
  '{ staff(by: [NATION, PROFESSION]) { ... on StaffTable { rows { area { label } headcount { display value } } } } }';
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

describe('a page of another site', () => {
  const origin = { origin: 'https://elsewhere.example' };
  const preflight = (headers: string) =>
    fetch(`${serving.url}/graphql`, {
      method: 'OPTIONS',
      headers: { ...origin, 'access-control-request-method': 'POST', 'access-control-request-headers': headers },
    });

  test('may read what the public may read, after a preflight', async () => {
    const granted = await preflight('content-type');
    expect([granted.status, granted.headers.get('access-control-allow-origin')]).toEqual([204, '*']);
    expect(granted.headers.get('access-control-allow-headers')).toContain('content-type');
    const answer = await serving.post({ query }, origin);
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, '*']);
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    const file = await fetch(`${serving.url}/export.csv?${new URLSearchParams({ query })}`, { headers: origin });
    expect(file.headers.get('access-control-allow-origin')).toBe('*');
  });

  test('may not send a key along, nor read an answer to one', async () => {
    expect((await preflight('authorization')).headers.get('access-control-allow-headers')).not.toContain(
      'authorization',
    );
    const answer = await serving.post({ query }, { ...origin, ...bearer(keys.own) });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, null]);
  });

  test('is not answered without one', async () => {
    const simple = await fetch(`${serving.url}/graphql?${new URLSearchParams({ query })}`, { headers: origin });
    expect(simple.status).toBe(400);
    const plain = await fetch(`${serving.url}/graphql`, {
      method: 'POST',
      headers: { ...origin, 'content-type': 'text/plain' },
      body: JSON.stringify({ query }),
    });
    expect(plain.status).toBeGreaterThanOrEqual(400);
  });

  test('may read nothing where that is turned off', async () => {
    const closed = await startServing(built.data, { crossOrigin: false });
    const answer = await closed.post({ query }, origin);
    await closed.close();
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });
});

/** An answer as it is on the wire: `fetch` would unpack it. */
function raw(
  path: string,
  headers: Record<string, string>,
): Promise<{ headers: Record<string, unknown>; status: number; body: Buffer }> {
  return new Promise((resolve, reject) => {
    request(`${serving.url}${path}`, { headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({ headers: response.headers, status: response.statusCode!, body: Buffer.concat(parts) }),
      );
    })
      .on('error', reject)
      .end();
  });
}

describe('an answer', () => {
  const path = `/graphql?${new URLSearchParams({ query })}`;
  const plain = { 'apollo-require-preflight': '1' };

  test('is sent compressed to who takes it so, under a tag of its own, and is the same', async () => {
    const whole = await raw(path, plain);
    for (const encoding of ['br', 'gzip']) {
      for (const _ of ['made', 'kept']) {
        const packed = await raw(path, { ...plain, 'accept-encoding': encoding });
        expect(packed.headers['content-encoding']).toBe(encoding);
        expect(packed.body.length).toBeLessThan(whole.body.length / 4);
        expect(packed.headers.etag).toBe(String(whole.headers.etag).replace(/"$/, `-${encoding}"`));
        if (encoding === 'gzip') expect(gunzipSync(packed.body).equals(whole.body)).toBe(true);
      }
    }
    expect(whole.headers.vary).toBe('authorization, accept, accept-encoding');
    expect((await raw('/healthz', { 'accept-encoding': 'br' })).headers['content-encoding']).toBeUndefined();
  });

  test('is not sent again to who has it, in whatever encoding, and nothing is worked out for that', async () => {
    const { headers } = await raw(path, { ...plain, 'accept-encoding': 'br' });
    for (const tag of [String(headers.etag), `W/${String(headers.etag)}`, `"other", ${String(headers.etag)}`]) {
      const again = await raw(path, { ...plain, 'if-none-match': tag });
      expect([again.status, again.body.length, again.headers['cache-control']]).toEqual([304, 0, 'public, max-age=60']);
    }
    expect(lines.map((line) => JSON.parse(line) as Json).at(-1)).toMatchObject({ status: 304, answer: 'unchanged' });
  });

  test('as a file is compressed unless its format is, and streamed files too', async () => {
    const packed = async (format: string, by: string) =>
      raw(`/export.${format}?${new URLSearchParams({ query: query.replace('[NATION, PROFESSION]', by) })}`, {
        'accept-encoding': 'gzip',
      });
    const csv = await packed('csv', '[NATION]');
    expect([csv.headers['content-encoding'], gunzipSync(csv.body).toString().slice(1, 11)]).toEqual([
      'gzip',
      'area_level',
    ]);
    expect((await packed('xlsx', '[NATION]')).headers['content-encoding']).toBeUndefined();
  });

  test('says what it was asked to cost and what it has cost', async () => {
    const cost = async (document: string) =>
      ((await (await serving.post({ query: document })).json()) as Json).extensions.cost;
    expect(await cost(query)).toEqual({ requested: 52, used: 52, limit: 5000 });
    expect(await cost('{ me { audience { id } } }')).toEqual({ requested: 0, used: 0, limit: 5000 });
    const refused = await cost(
      '{ a: staff(by: [REGION, PROFESSION, BAND], period: { last: { count: 5, grain: QUARTER } }, compare: { uk: true }) { __typename } b: staff(by: [SYSTEM, PROFESSION, BAND], period: { last: { count: 5, grain: QUARTER } }, compare: { uk: true }) { __typename } c: staff(by: [NATION, PROFESSION, BAND], period: { last: { count: 5, grain: QUARTER } }) { __typename } }',
    );
    expect(refused.requested).toBeGreaterThan(refused.used);
  });
});

test.each([
  ['br, gzip', 'br'],
  ['gzip', 'gzip'],
  ['gzip;q=1.0, br;q=0', 'gzip'],
  ['*', 'br'],
  ['identity', null],
  ['', null],
  ['BR', 'br'],
])('of %j the best encoding is %j', (header, best) => expect(encodingFor(header)).toBe(best));

test('a tag is known in any encoding, and no other one is', () => {
  expect([isKnown('"a-br"', '"a"'), isKnown('W/"a"', '"a"'), isKnown('"b"', '"a"'), isKnown(undefined, '"a"')]).toEqual(
    [true, true, false, false],
  );
});

describe('who asks too much', () => {
  const small = '{ staff { ... on StaffTable { rows { headcount { value } } } } }';

  test('is told when to ask again, for each address and each key by itself, at every door', async () => {
    const limited = await startServing(built.data, { rate: { perMinute: 60, exempt: [] } });
    try {
      const statuses: number[] = [];
      for (let i = 0; i < 5; i += 1) statuses.push((await limited.post({ query: `${small} # ${i}` })).status);
      expect(statuses).toEqual([200, 200, 200, 429, 429]);
      const refused = await limited.post({ query: small });
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(50);
      expect(((await refused.json()) as Json).errors[0].extensions.code).toBe('RATE_LIMITED');
      expect((await fetch(`${limited.url}/export.csv?${new URLSearchParams({ query: small })}`)).status).toBe(429);
      expect((await fetch(`${limited.url}/q/${'x'.repeat(24)}`)).status).toBe(429);
      expect((await limited.post({ query: small }, bearer(keys.trusted))).status).toBe(200);
      expect((await fetch(`${limited.url}/healthz`)).status).toBe(200);
      expect(await (await fetch(`${limited.url}/metrics`)).text()).toContain('ahp_api_limited_total 5');
    } finally {
      await limited.close();
    }
  });

  test('pays by cells: one large question is worth many small ones, and one that was kept costs next to nothing', async () => {
    const limited = await startServing(built.data, { rate: { perMinute: 400, exempt: [] } });
    try {
      for (let i = 0; i < 100; i += 1) expect((await limited.post({ query: small })).status).toBe(200);
      const large = query.replace('[NATION, PROFESSION]', '[NATION, PROFESSION, BAND]');
      expect((await limited.post({ query: large })).status).toBe(200);
      expect((await limited.post({ query: small })).status).toBe(429);
    } finally {
      await limited.close();
    }
  });

  test('is not this machine itself, unless a proxy says who is behind it', async () => {
    const near = await startServing(built.data, { rate: { perMinute: 1 }, trustProxy: true });
    try {
      for (let i = 0; i < 3; i += 1) expect((await near.post({ query: `${small} # ${i}` })).status).toBe(200);
      const far = (i: number, by: string) =>
        near.post({ query: `${small} # ${i}` }, { 'x-forwarded-for': `198.51.100.${i}, ${by}` });
      const statuses = [await far(1, '203.0.113.9'), await far(2, '203.0.113.9'), await far(3, '203.0.113.10')];
      expect(statuses.map(({ status }) => status)).toEqual([200, 429, 200]);
    } finally {
      await near.close();
    }
  });
});

describe('what the server says of itself', () => {
  test('metrics have types, and times by kind of question and audience, and no word that was sent', async () => {
    await serving.post({ query: 'query Telling { telling: staff { __typename } }', operationName: 'Telling' });
    const text = await (await fetch(`${serving.url}/metrics`)).text();
    expect(text).toContain('# TYPE ahp_api_answer_seconds histogram');
    expect(text).toMatch(/ahp_api_answer_seconds_count\{door="graphql",operation="staff",audience="public"\} \d+/);
    expect(text).toMatch(/ahp_api_answer_cells_bucket\{le="100",operation="staff",audience="public"\} \d+/);
    expect(text).toContain('# TYPE ahp_api_requests_total counter');
    expect(text).toMatch(/process_cpu_user_seconds_total \d/);
    expect(text).not.toMatch(/telling/i);
  });

  test('a line of the log says what kind of question was asked, for whom, at what cost, and nothing personal', async () => {
    await serving.post({ query: `${query} # logged`, variables: { secret: 'telling' } }, bearer(keys.own));
    const line = JSON.parse(lines.at(-1)!) as Json;
    expect(line).toMatchObject({
      level: 'info',
      event: 'request',
      method: 'POST',
      path: '/graphql',
      status: 200,
      door: 'graphql',
      operation: 'staff',
      audience: 'own',
      release: '1.0.0',
      answer: 'made',
      cellsUsed: 52,
    });
    expect(JSON.stringify(line)).not.toMatch(/telling|127\.0\.0\.1|ahp_0|logged|RAA/);
  });
});

describe('the record of private reads', () => {
  const read = () =>
    readdirSync(join(audit, 'log'))
      .filter((name) => name.endsWith('.jsonl'))
      .flatMap((name) =>
        readFileSync(join(audit, 'log', name), 'utf8')
          .trim()
          .split('\n'),
      )
      .map((line) => JSON.parse(line) as Json);

  test('has every one before its answer is out, kept answers and files too, and none of the public', async () => {
    const before = read().length;
    const asked = `${query} # recorded`;
    await serving.post({ query: asked }, bearer(keys.own));
    await serving.post({ query: asked }, bearer(keys.own));
    await fetch(`${serving.url}/export.csv?${new URLSearchParams({ query: asked })}`, { headers: bearer(keys.own) });
    await serving.post({ query: '{ staff(first: 0) { __typename } }' }, bearer(keys.trusted));
    await serving.post({ query: asked });
    const [made, kept, file, refused, ...others] = read().slice(before);
    expect(made).toMatchObject({
      who: 'key 00000002',
      audience: 'own',
      organisations: ['RAA'],
      release: '1.0.0',
      door: 'graphql',
      operation: 'staff',
      cells: 52,
      status: 200,
      decision: 'answered',
    });
    expect(kept).toMatchObject({ question: made!.question, decision: 'answered', cells: 52 });
    expect(file).toMatchObject({ door: 'csv', question: made!.question });
    expect(refused).toMatchObject({ who: 'key 00000001', decision: 'refused' });
    expect(others).toEqual([]);
    expect(JSON.stringify(read())).not.toMatch(/recorded|ahp_|127\.0/);
  });

  test('is what an answer depends on: where it cannot be written, private figures are not given', async () => {
    const path = join(audit, 'no-folder');
    writeFileSync(path, '');
    const blocked = await startServing(built.data, { auditLog: path });
    try {
      const answer = await blocked.post({ query }, bearer(keys.own));
      expect([answer.status, await answer.text()]).toEqual([503, expect.stringContaining('cannot be recorded')]);
      const file = await fetch(`${blocked.url}/export.csv?${new URLSearchParams({ query })}`, {
        headers: bearer(keys.own),
      });
      expect([file.status, (await file.text()).includes('area_code')]).toEqual([503, false]);
      expect((await blocked.post({ query })).status).toBe(200);
    } finally {
      await blocked.close();
    }
  });
});
