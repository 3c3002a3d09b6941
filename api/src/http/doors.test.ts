import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildData, type Built } from '../../test/fixture.ts';
import { keys, startServing, type Serving } from '../../test/serve.ts';
import { formats } from '../export/formats.ts';

/** Every door by which a question comes in, and every rule that must hold at each of them. */
let built: Built;
let serving: Serving;
beforeAll(async () => {
  built = await buildData();
  serving = await startServing(built.data, { cacheMegabytes: 0 });
});
afterAll(async () => {
  await serving.close();
  built.remove();
});

type Door = (
  query: string,
  headers?: Record<string, string>,
  parameters?: Record<string, string>,
  variables?: string,
) => Promise<Response>;
const get =
  (path: string, always: Record<string, string> = {}): Door =>
  (query, headers = {}, parameters = {}, variables = '{}') =>
    fetch(`${serving.url}${path}?${new URLSearchParams({ query, variables, ...parameters })}`, {
      headers: { ...always, ...headers },
    });
const post =
  (path: string): Door =>
  (query, headers = {}, parameters = {}, variables = '{}') =>
    fetch(`${serving.url}${path}?${new URLSearchParams(parameters)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: `{"query":${JSON.stringify(query)},"variables":${variables}}`,
    });

const doors: [string, Door][] = [
  ['GET /graphql', get('/graphql', { 'apollo-require-preflight': '1' })],
  ['POST /graphql', post('/graphql')],
  ...Object.keys(formats).flatMap((format): [string, Door][] => [
    [`GET /export.${format}`, get(`/export.${format}`)],
    [`POST /export.${format}`, post(`/export.${format}`)],
  ]),
];
const question = '{ staff { ... on StaffTable { rows { headcount { value } } } } }';

describe.each(doors)('%s', (name, door) => {
  test('answers a question that may be answered', async () => {
    const response = await door(question);
    expect(response.status).toBe(200);
    expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(50);
  });

  test('refuses a key that does not hold, and one in the address', async () => {
    for (const key of ['nobody', keys.expired, keys.revoked])
      expect((await door(question, { authorization: `Bearer ${key}` })).status).toBe(401);
    expect((await door(question, {}, { token: keys.own })).status).toBe(400);
  });

  test('refuses what is too large, no query, or not in the schema, before anything runs', async () => {
    for (const query of [
      `{ ${Array.from({ length: 20 }, (_, i) => `a${i}: me { audience { id } }`).join(' ')} }`,
      'mutation { x }',
      '{ nothing }',
      '{',
    ]) {
      const response = await door(query, { accept: 'application/graphql-response+json' });
      expect([400, 405], query).toContain(response.status);
      expect(await response.text()).toMatch(/"errors":\[\{"message":"/);
    }
  });

  test('refuses variables of any depth without a fault', async () => {
    const deep = (depth: number) => '{"a":'.repeat(depth) + '1' + '}'.repeat(depth);
    expect((await door(question, {}, {}, deep(1000))).status).toBe(400);
    if (name.startsWith('POST')) expect((await door(question, {}, {}, deep(9000))).status).toBe(400);
  });

  test('gives no figure to a question that is refused', async () => {
    const response = await door('{ staff(by: [ORGANISATION, PROFESSION, BAND]) { __typename } }');
    expect([200, 422]).toContain(response.status);
    expect(await response.text()).toContain('QueryRefused');
  });

  test('keeps answers to somebody who says who they are from every cache on the way', async () => {
    const response = await door(question, { authorization: `Bearer ${keys.own}` });
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'private, no-cache']);
  });
});

test('no door is at fault', () => {
  expect(serving.faults).toEqual([]);
});
