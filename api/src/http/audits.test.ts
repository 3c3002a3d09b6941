import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildData, type Built } from '../../test/fixture.ts';
import { startServing, type Serving } from '../../test/serve.ts';

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

const asking =
  (headers: Record<string, string>): typeof fetch =>
  (input, init) =>
    fetch(String(input).replace('http://api', serving.url), { ...init, headers: { ...init?.headers, ...headers } });
const audits = (headers: Record<string, string> = {}) =>
  serverAudits({ url: 'http://api/graphql', fetchFn: asking(headers) });

// The audits send what a browser form could send; our protection against such requests stays on, so they say that they are no form.
describe('GraphQL over HTTP, with the header that no form can send', () => {
  test('has 61 rules', () => expect(audits()).toHaveLength(61));

  for (const { id, name, fn } of audits({ 'apollo-require-preflight': '1' }))
    test(`${id} ${name}`, async () => {
      const result = await fn();
      if (result.status !== 'ok') throw new Error(`${result.status}: ${result.reason}`);
    });
});

/** What a page of any site could send without asking first is not answered; the specification leaves these three to the server. */
const left = ['5A70', 'D6D5', '6A70'];

test('without that header 58 of the 61 hold, and the other three are GET requests that the specification says MAY be answered', async () => {
  const found = await Promise.all(
    audits().map(async ({ id, name, fn }) => ({ id, name, status: (await fn()).status })),
  );
  const others = found.filter(({ status }) => status !== 'ok');
  expect(others.map(({ id, status }) => [id, status])).toEqual(left.map((id) => [id, 'notice']));
  for (const { name } of others) expect(name).toMatch(/^MAY .*GET/);
});
