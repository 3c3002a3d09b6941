import { afterAll, beforeAll, expect, it } from 'vitest';
import { startDashboard } from '../serve.ts';

let dashboard: Awaited<ReturnType<typeof startDashboard>>;
beforeAll(async () => {
  dashboard = await startDashboard({ api: 'http://127.0.0.1:9', port: 0, say: () => {} });
});
afterAll(() => dashboard.close());

it.each(['/', '/trends', '/organisations', '/data'])(
  '%s says honestly that the figures are not available',
  async (path) => {
    const response = await fetch(dashboard.url + path);
    const page = await response.text();
    expect(response.status).toBe(503);
    expect(page).toContain('The figures are not available just now');
    expect(page).toContain('The service that holds the figures does not answer');
    expect(page).not.toContain('ECONNREFUSED');
  },
);

it('keeps /healthz and pages without figures up', async () => {
  expect((await fetch(`${dashboard.url}/healthz`)).status).toBe(200);
  expect((await fetch(`${dashboard.url}/accessibility`)).status).toBe(200);
});

it('says in a plain sentence that a port is taken', async () => {
  const port = Number(new URL(dashboard.url).port);
  await expect(startDashboard({ api: 'http://127.0.0.1:9', port, say: () => {} })).rejects.toThrow(
    `Port ${port} is already in use`,
  );
});
