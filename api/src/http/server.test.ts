import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildData, type Built } from '../../test/fixture.ts';
import { keys, startServing, type Serving } from '../../test/serve.ts';
import type { Json } from '../../test/json.ts';
import { examples } from '../explorer/examples.ts';

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

const headcount =
  '{ staff { ... on StaffTable { release { version } rows { headcount { value noise { audience } } } } ... on QueryRefused { code } } me { audience { id } } }';
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const body = async (response: Response) => (await response.json()) as Json;

describe('requests that are too large', () => {
  const deep = (n: number) => `{ organisations { nodes { ${'nation { '.repeat(n)}code${' }'.repeat(n)} } } }`;
  const too: [string, string][] = [
    ['depth', deep(10)],
    [
      'depth through fragments',
      `{ organisations { nodes { ...a } } } fragment a on Organisation { nation { ...b } } fragment b on Area { nation { nation { nation { nation { nation { nation { nation { code } } } } } } } }`,
    ],
    [
      'aliases of a root field',
      `{ ${Array.from({ length: 16 }, (_, i) => `a${i}: me { audience { id } }`).join(' ')} }`,
    ],
    ['aliases of a field', `{ me { audience { ${Array.from({ length: 16 }, (_, i) => `a${i}: id`).join(' ')} } } }`],
    ['aliases of __typename', `{ ${Array.from({ length: 16 }, (_, i) => `a${i}: __typename`).join(' ')} }`],
    [
      'aliases spread over fragments',
      `{ me { audience { ...a ...b } } } fragment a on Audience { ${Array.from({ length: 8 }, (_, i) => `a${i}: id`).join(' ')} } fragment b on Audience { ${Array.from({ length: 8 }, (_, i) => `b${i}: id`).join(' ')} }`,
    ],
    ['one field repeated', `{ me { audience { ${'id '.repeat(20)} } } }`],
    [
      'directives',
      `{ me { audience { ${Array.from({ length: 11 }, (_, i) => `a${i}: id @include(if: true) @skip(if: false)`).join(' ')} } } }`,
    ],
    [
      'fields',
      `{ ${Array.from({ length: 15 }, (_, i) => `a${i}: catalogue { measures { id field subject title plain ask unit direction formula caveats source parameters { name values } grains comparable } dimensions { id field label sensitive categories { code label } } release { version title } audience { id label } }`).join(' ')} }`,
    ],
    ['tokens', `{ me { audience { ${'id '.repeat(4000)} } } }`],
    ['an operation that borrows the name of introspection', `query __schema ${deep(12)}`],
  ];

  test.each(too)('are rejected for %s, with 400 and before anything runs', async (_, query) => {
    const response = await serving.post({ query });
    expect(response.status).toBe(400);
    const { errors, data } = await body(response);
    expect(data).toBeUndefined();
    expect(errors[0].message).toMatch(/too large|Document contains more/);
  });

  test('are rejected for their body, and when several are sent as one', async () => {
    const huge = await serving.post({ query: `{ me { audience { id } } } # ${'x'.repeat(70_000)}` });
    expect(huge.status).toBe(413);
    expect((await body(huge)).errors[0].message).toBe('The request is larger than 64 KB.');
    const batch = await serving.post([{ query: headcount }, { query: headcount }]);
    expect(batch.status).toBe(400);
  });

  test('fragments that contain themselves are refused, not followed', async () => {
    const response = await serving.post({
      query: '{ me { ...a } } fragment a on Me { ...b } fragment b on Me { ...a }',
    });
    expect((await body(response)).errors[0].message).toContain('Cannot spread fragment');
  });
});

describe('arguments that cannot be', () => {
  const refused = '__typename ... on QueryRefused { code }';
  const roots = [
    'staff',
    'turnover',
    'reconciliation',
    'signals',
    'survival',
    'flows',
    'projection',
    'scorecard',
    'fairness',
    'timeToStep',
    'standardised',
    'funnel',
    'spc',
    'board(organisation: "RAA")',
  ];

  test.each(roots)(
    '%s refuses a release that there is not, an empty name among them, and its neighbours are answered',
    async (root) => {
      for (const release of ['', '9.9.9', '../x']) {
        const given = root.includes('(')
          ? root.replace(')', `, release: "${release}")`)
          : `${root}(release: "${release}")`;
        const { data, errors } = await body(
          await serving.post({
            query: `{ a: me { audience { id } } b: ${given} { ${refused} } c: me { audience { id } } }`,
          }),
        );
        expect(errors).toBeUndefined();
        expect(data).toMatchObject({ a: {}, b: { __typename: 'QueryRefused', code: 'UNKNOWN_RELEASE' }, c: {} });
      }
    },
  );

  test.each([
    'catalogue(release: "") { feeds { id } }',
    'organisations(release: "") { totalCount }',
    'quality(release: "") { sections }',
  ])('a release that there is not is an error of %s alone', async (field) => {
    const { data, errors } = await body(await serving.post({ query: `{ a: staff { __typename } b: ${field} }` }));
    expect(data).toEqual({ a: { __typename: 'StaffTable' }, b: null });
    expect(errors.map((error: Json) => error.extensions)).toEqual([
      {
        code: 'UNKNOWN_RELEASE',
        problems: [{ code: 'UNKNOWN_RELEASE', message: errors[0].message, path: ['b', 'release'] }],
        alternatives: [],
      },
    ]);
  });

  test.each(['staff', 'turnover', 'reconciliation', 'signals'])(
    '%s refuses fewer lines than one, and too many',
    async (root) => {
      for (const first of [-1, 0, 1001]) {
        const { data } = await body(await serving.post({ query: `{ a: ${root}(first: ${first}) { ${refused} } }` }));
        expect(data.a).toEqual({ __typename: 'QueryRefused', code: 'OUT_OF_RANGE' });
      }
    },
  );

  test.each(['staff', 'reconciliation'])('%s refuses to start before the first line', async (root) => {
    const { data } = await body(await serving.post({ query: `{ a: ${root}(offset: -1) { ${refused} } }` }));
    expect(data.a).toEqual({ __typename: 'QueryRefused', code: 'OUT_OF_RANGE' });
  });

  test.each(['organisations', 'releases'])('%s says so of a page that cannot be', async (root) => {
    for (const given of ['first: -1', 'first: 1001', 'after: "x"', 'after: ""']) {
      const { data, errors } = await body(
        await serving.post({ query: `{ a: ${root}(${given}) { totalCount } me { audience { id } } }` }),
      );
      expect(data).toEqual({ a: null, me: { audience: { id: 'public' } } });
      expect(errors[0].extensions.code).toBe('OUT_OF_RANGE');
    }
  });

  test('what is no query, no GET or POST, or not UTF-8 is refused in a sentence', async () => {
    const mutation = await serving.post({ query: 'mutation { x }' });
    expect([mutation.status, (await body(mutation)).errors[0].extensions.code]).toEqual([400, 'NOT_A_QUERY']);
    expect((await serving.post({ query: 'subscription { x }' })).status).toBe(400);
    for (const method of ['PUT', 'PATCH', 'DELETE', 'HEAD']) {
      const response = await fetch(`${serving.url}/graphql`, { method });
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, POST']);
    }
    for (const charset of ['utf-16', 'latin1', '"utf-16le"'])
      expect(
        (await serving.post({ query: headcount }, { 'content-type': `application/json; charset=${charset}` })).status,
      ).toBe(415);
    expect(
      (await serving.post({ query: headcount }, { 'content-type': 'application/json; charset=UTF-8' })).status,
    ).toBe(200);
  });

  test('JSON of any depth is never a fault', async () => {
    const deep = `${'{"a":'.repeat(8000)}1${'}'.repeat(8000)}`;
    for (const text of [
      `{"query":"{ __typename }","variables":${deep}}`,
      `{"query":"{ __typename }","extensions":${deep}}`,
      `{"query":"{ __typename }","operationName":${deep}}`,
      `{"query":${deep}}`,
      deep,
      '['.repeat(30_000),
    ])
      expect((await serving.post(text)).status).toBeLessThan(500);
    const query = new URLSearchParams({ query: headcount, variables: '{"a":'.repeat(400) + '1' + '}'.repeat(400) });
    expect((await fetch(`${serving.url}/export.csv?${query}`)).status).toBe(400);
    expect(serving.faults).toEqual([]);
  });
});

describe('who asks', () => {
  test('decides the audience, and a key that is unknown, expired, revoked or malformed is refused clearly', async () => {
    const audience = async (headers: Record<string, string>) =>
      (await body(await serving.post({ query: headcount }, headers))).data.me.audience.id;
    expect(await audience({})).toBe('public');
    expect(await audience(bearer(keys.trusted))).toBe('trusted');
    expect(await audience(bearer(keys.own))).toBe('own');
    for (const [headers, message] of [
      [bearer('nobody'), 'This key is not known.'],
      [bearer(keys.expired), 'This key has expired: its last day was 2020-12-31.'],
      [bearer(keys.revoked), 'This key has been revoked.'],
      [{ authorization: 'Basic YTpi' }, 'The Authorization header must be'],
    ] as const) {
      const response = await serving.post({ query: headcount }, headers);
      expect(response.status).toBe(401);
      expect((await body(response)).errors[0].message).toContain(message);
    }
  });

  test('a cached answer is the answer of that audience, whatever was asked before by others', async () => {
    const fresh = await startServing(built.data, { cacheMegabytes: 0 });
    const askers = [{}, bearer(keys.trusted), bearer(keys.own), bearer(keys.two)];
    const questions = [
      headcount,
      '{ me { audience { id } organisations { code } } }',
      '{ staff(by: [BAND]) { ... on StaffTable { rows { headcount { display } } } ... on QueryRefused { message } } }',
      '{ staff(by: [ORGANISATION]) { ... on StaffTable { rows { area { code } audience { id } headcount { display } } } } }',
      '{ staff(where: { organisation: ["RBB"] }) { ... on StaffTable { rows { headcount { display noise { sd } } } } } }',
    ];
    // A linear congruential generator: the same sequence in each run.
    let seed = 11;
    const next = (below: number) => Math.floor(((seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31) * below);
    const parallel = 8;
    try {
      for (let i = 0; i < 1000 / parallel; i += 1) {
        const step = Array.from({ length: parallel }, () => [askers[next(4)]!, questions[next(5)]!] as const);
        await Promise.all(
          step.map(async ([asker, query]) => {
            const [cached, uncached] = await Promise.all([
              serving.post({ query }, asker),
              fresh.post({ query }, asker),
            ]);
            expect(await cached.text()).toBe(await uncached.text());
          }),
        );
      }
    } finally {
      await fresh.close();
    }
    expect(await (await fetch(`${serving.url}/metrics`)).text()).toMatch(/ahp_api_cache_total\{hit="true"\} \d+/);
  });
});

describe('a key in an address', () => {
  const asked = '{ me { audience { id } } }';
  test.each([
    ['as a parameter', '/graphql', { query: asked, access_token: keys.trusted }],
    ['as a parameter of another name', '/graphql', { query: asked, note: `x${keys.trusted}` }],
    ['as a parameter named key that holds none', '/export.json', { query: asked, api_key: 'abc' }],
    ['as a JSON web token', '/graphql', { query: asked, t: 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln' }],
    ['as a file', '/export.csv', { query: asked, token: keys.trusted }],
    ['as a path', `/${keys.trusted}`, {}],
  ])('%s is refused, not taken and not given back', async (_, path, parameters) => {
    const response = await fetch(`${serving.url}${path}?${new URLSearchParams(parameters as Record<string, string>)}`, {
      headers: { 'apollo-require-preflight': '1' },
    });
    const text = await response.text();
    expect([response.status, text]).toEqual([400, expect.stringContaining('must not be in an address')]);
    expect(text).not.toContain('ahp_');
  });

  test('is in no line of the log, nor is one in a header or a question', async () => {
    const lines: string[] = [];
    const stream = { write: (line: string) => void lines.push(line) };
    const logged = await startServing(built.data, { log: stream });
    try {
      await logged.post({ query: asked, variables: { a: 'telling-variable' } }, bearer(keys.trusted));
      for (const path of [
        `/graphql?query=telling-question&token=${keys.own}`,
        `/${keys.own}`,
        `/${encodeURIComponent(keys.own).replace('ahp', '%61hp')}`,
        `/export.csv?query=telling-question`,
      ])
        await fetch(logged.url + path);
    } finally {
      await logged.close();
    }
    expect(lines.filter((line) => line.includes('"event":"request"')).length).toBe(5);
    expect(lines.join('')).not.toMatch(/ahp_|%61hp|telling|authorization|127\.0\.0\.1/i);
  });
});

describe('answers', () => {
  test('carry an ETag of question, audience and release, and are not sent twice', async () => {
    const first = await serving.post({ query: headcount });
    const etag = first.headers.get('etag')!;
    const again = await serving.post({ query: headcount }, { 'if-none-match': etag });
    expect([again.status, await again.text()]).toEqual([304, '']);
    const others = [
      await serving.post({ query: `${headcount} ` }),
      await serving.post({ query: headcount, variables: { a: 1 } }),
      await serving.post({ query: headcount }, bearer(keys.trusted)),
    ];
    for (const other of others) expect(other.headers.get('etag')).not.toBe(etag);
    expect((await serving.post({ query: '{ nothing }' })).headers.get('etag')).toBeNull();
  });

  test('to somebody who says who they are may be kept by them alone', async () => {
    const kept = async (response: Response) => response.headers.get('cache-control');
    for (const key of [keys.trusted, keys.own]) {
      expect(await kept(await serving.post({ query: headcount }, bearer(key)))).toBe('private, no-cache');
      expect(await kept(await serving.post({ query: '{ nothing }' }, bearer(key)))).toBe('private, no-store');
      const file = `${serving.url}/export.json?${new URLSearchParams({ query: headcount })}`;
      expect(await kept(await fetch(file, { headers: bearer(key) }))).toBe('private, no-cache');
    }
    expect(await kept(await serving.post({ query: headcount }, bearer('nobody')))).toBe('private, no-store');
    expect(await kept(await serving.post({ query: headcount }))).toBe('public, max-age=60');
    expect(await kept(await serving.post({ query: '{ nothing }' }))).toBe('no-store');
  });

  test('say nothing about the inside when something is wrong', async () => {
    const bad: unknown[] = [
      { query: '{ nothing }' },
      { query: '{ staff(by: [SECRET_VALUE]) { __typename } }' },
      { query: 'query($a: [Band!]) { staff(where: { band: $a }) { __typename } }', variables: { a: ['secret-value'] } },
      { query: 'query($a: Int) { staff(first: $a) { __typename } }', variables: { a: 'secret-value' } },
      {
        query:
          '{ staff(release: "../../secret-value") { __typename } organisations(release: "../../secret-value") { totalCount } }',
      },
      { query: '{' },
      { query: 7 },
      {},
      'not json {secret-value',
      '',
      '{"__proto__": {"query": "{ me { audience { id } } }"}}',
    ];
    for (const one of bad) {
      const text = await (await serving.post(one)).text();
      expect(text).toMatch(/"errors":\[\{"message":"/);
      expect(text).not.toMatch(/secret-value|stack|\.ts\b|node_modules|\/work|duckdb|select |area_t|private/i);
    }
    expect(serving.faults).toEqual([]);
  });

  test('are not given to requests that a page of another site could send', async () => {
    const query = `?query=${encodeURIComponent('{ me { audience { id } } }')}`;
    expect((await fetch(`${serving.url}/graphql${query}`)).status).toBe(400);
    expect(
      (await fetch(`${serving.url}/graphql${query}`, { headers: { 'apollo-require-preflight': '1' } })).status,
    ).toBe(200);
    expect((await fetch(`${serving.url}/graphql${query}`)).status).toBe(400);
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'])
      expect((await serving.post({ query: headcount }, { 'content-type': type })).status).toBeGreaterThanOrEqual(400);
  });

  test('on every path carry headers that keep browsers strict', async () => {
    for (const path of ['/healthz', '/nothing', '/schema.graphql']) {
      const { headers } = await fetch(`${serving.url}${path}`);
      expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
  });
});

describe('besides questions', () => {
  test('health, readiness, metrics and the schema are plain text', async () => {
    const get = async (path: string) => (await fetch(`${serving.url}${path}`)).text();
    expect(await get('/healthz')).toBe('ok\n');
    expect(await get('/readyz')).toBe('ready 1.0.0\n');
    expect(await get('/metrics')).toContain('ahp_api_release_info{version="1.0.0"} 1');
    expect(await get('/schema.graphql')).toContain('type Query {');
  });

  test('the explorer is a page from here alone, for browsers only', async () => {
    const page = await fetch(`${serving.url}/graphql`, {
      headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' },
    });
    const html = await page.text();
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(html).not.toMatch(/https?:\/\/|<script(?![^>]*src="\/)|style="|\son\w+="/);
    for (const [, path] of html.matchAll(/(?:href|src)="(\/[^"]*)"/g))
      expect(
        (await fetch(`${serving.url}${path}`, { headers: { 'apollo-require-preflight': '1' } })).status,
        path,
      ).toBeLessThan(401);
    expect(
      (await fetch(`${serving.url}/graphql`, { headers: { accept: 'application/json' } })).headers.get('content-type'),
    ).not.toContain('html');
  });

  test('the examples of the explorer are answered', async () => {
    for (const query of Object.values(examples)) {
      const { data, errors } = await body(await serving.post({ query }));
      expect(errors, query).toBeUndefined();
      expect(Object.values(data)[0]).toBeTruthy();
    }
  });

  test('without introspection neither the schema nor a hint at it is given', async () => {
    const closed = await startServing(built.data, { introspection: false });
    try {
      expect((await fetch(`${closed.url}/schema.graphql`)).status).toBe(404);
      expect((await body(await closed.post({ query: '{ __schema { types { name } } }' }))).errors).toBeTruthy();
      expect((await body(await closed.post({ query: '{ staf { __typename } }' }))).errors[0].message).not.toContain(
        'Did you mean',
      );
    } finally {
      await closed.close();
    }
  });
});
