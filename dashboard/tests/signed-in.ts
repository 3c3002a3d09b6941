import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSampleProvider } from '../sample-provider.ts';
import { samplePeople, writeSampleSignIn } from '../sample-sign-in.ts';
import { startDashboard } from '../serve.ts';
import { largestOrganisation, type Service, startApi, testData } from './service.ts';

export interface SignedInService extends Service {
  /** The employer of the sample's lead and board member, and another one. */
  employer: string;
  other: string;
  issuer: string;
  settings: Record<string, string>;
}

/** The real api, dashboard and OpenID provider, on which the sample's people can sign in. */
export async function startSignedInService(data = testData()): Promise<SignedInService> {
  const folder = mkdtempSync(join(tmpdir(), 'ahp-sign-in-'));
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const provider = await startSampleProvider(samplePeople, origin);
  const open = await startApi(data);
  const employer = await largestOrganisation(open.url);
  const other = await smallerOrganisation(open.url, employer);
  open.child.kill();
  const settings = writeSampleSignIn(folder, { code: employer, label: 'the sample trust' }, provider, origin);
  const { url: api, child } = await startApi(data, settings);
  Object.assign(process.env, settings);
  const dashboard = await startDashboard({ api, port, say: () => {} });
  return {
    url: dashboard.url,
    api,
    employer,
    other,
    issuer: provider.issuer,
    settings,
    close: async () => {
      await dashboard.close();
      child.kill();
      await provider.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function smallerOrganisation(api: string, not: string): Promise<string> {
  const response = await fetch(`${api}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ organisations(first: 2) { nodes { code } } }' }),
  });
  const { data } = (await response.json()) as { data: { organisations: { nodes: { code: string }[] } } };
  return data.organisations.nodes.find(({ code }) => code !== not)!.code;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
