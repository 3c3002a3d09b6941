import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildData, type Built } from '../../test/fixture.ts';
import { startServing, type Serving } from '../../test/serve.ts';

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

const board = '{ board(organisation: "RAA") { ... on Board { statement } } }';

test('more boards than can be made are turned away at once, in the shape of an error, and what was let in is answered', async () => {
  const flood = await Promise.all(Array.from({ length: 60 }, (_, i) => serving.post({ query: `${board} # ${i}` })));
  const turned = flood.filter(({ status }) => status === 503);
  expect(turned.length).toBeGreaterThan(20);
  expect(flood.filter(({ status }) => status === 200).length).toBe(60 - turned.length);
  expect(turned[0]!.headers.get('retry-after')).toBe('2');
  expect(await turned[0]!.json()).toMatchObject({ errors: [{ extensions: { code: 'OVERLOADED' } }] });
  expect((await serving.post({ query: board })).status).toBe(200);
  expect(await (await fetch(`${serving.url}/metrics`)).text()).toContain(`ahp_api_shed_total ${turned.length}`);
});

test('small questions and health are answered while boards wait, and readiness says that some are turned away', async () => {
  const flood = Array.from({ length: 60 }, (_, i) => serving.post({ query: `${board} # small ${i}` }));
  const ready = await (await fetch(`${serving.url}/readyz`)).text();
  const small = await serving.post({ query: '{ staff { ... on StaffTable { rows { headcount { display } } } } }' });
  expect(small.status).toBe(200);
  expect((await fetch(`${serving.url}/healthz`)).status).toBe(200);
  expect(ready).toMatch(/^(shedding|ready) 1\.0\.0/);
  await Promise.all(flood);
  expect(await (await fetch(`${serving.url}/readyz`)).text()).toBe('ready 1.0.0\n');
});

test('an answer that nobody waits for any more is ended, and its place is free', async () => {
  const body = JSON.stringify({ query: `${board} # gone` });
  await Promise.all(
    Array.from({ length: 10 }, () => {
      const sent = request(`${serving.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-length': body.length },
      });
      sent.on('error', () => {});
      return new Promise<void>((resolve) => {
        sent.end(body, () => {
          sent.destroy();
          resolve();
        });
      });
    }),
  );
  expect((await serving.post({ query: board })).status).toBe(200);
  expect(serving.faults).toEqual([]);
});
