import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, test } from 'vitest';
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

// The audits send what a browser form could send; our protection against such requests stays on, so they say that they are no form.
const preflighted: typeof fetch = (input, init) =>
  fetch(String(input).replace('http://api', serving.url), {
    ...init,
    headers: { ...init?.headers, 'apollo-require-preflight': '1' },
  });

describe('GraphQL over HTTP', () => {
  for (const { id, name, fn } of serverAudits({ url: 'http://api/graphql', fetchFn: preflighted }))
    test(`${id} ${name}`, async () => {
      const result = await fn();
      if (result.status !== 'ok') throw new Error(`${result.status}: ${result.reason}`);
    });
});
