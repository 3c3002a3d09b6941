import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startDashboard } from '../serve.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** One secret for all runs: what is withheld, and so what pages show, is then the same. */
export const fixedSecret = { AHP_SECRET: '940c5e50096f15cccb9d72346ac6e5a96a005563a4cc70c6f7161243f1bbeb51' };

/** A data folder with a release: AHP_TEST_DATA, or a small seeded sample built for this run. */
export function testData(): string {
  if (process.env.AHP_TEST_DATA) return process.env.AHP_TEST_DATA;
  const home = mkdtempSync(join(tmpdir(), 'ahp-dashboard-'));
  const etl = (...words: string[]) =>
    execFileSync(process.execPath, [join(root, 'etl/src/cli.ts'), ...words], {
      stdio: 'pipe',
      env: { ...process.env, ...fixedSecret },
    });
  etl('sample', '--people', '3000', '--months', '24', '--seed', '11', '--out', join(home, 'extracts'));
  etl('build', '--extracts', join(home, 'extracts'), '--data', join(home, 'data'));
  return join(home, 'data');
}

/** A data folder with a release of official figures alone, built from the publication in `folder`. */
export function publishedData(folder: string): string {
  const data = join(mkdtempSync(join(tmpdir(), 'ahp-dashboard-')), 'data');
  execFileSync(process.execPath, [join(root, 'etl/src/cli.ts'), 'build', '--extracts', folder, '--data', data], {
    stdio: 'pipe',
  });
  return data;
}

/** The real api on a free port. */
export function startApi(
  data: string,
  env: Record<string, string> = {},
): Promise<{ url: string; child: ChildProcess }> {
  const child = spawn(process.execPath, [join(root, 'api/src/main.ts'), '--data', data, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  return new Promise((resolve, reject) => {
    let said = '';
    const read = (chunk: Buffer) => {
      said += chunk.toString();
      const found = /https?:\/\/[\w.:[\]]+(?=\/graphql)/.exec(said);
      if (found) resolve({ url: found[0], child });
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => reject(new Error(`the api ended with code ${code}: ${said.slice(-800)}`)));
  });
}

export interface Service {
  /** Address of the dashboard. */
  url: string;
  api: string;
  close: () => Promise<void>;
}

/** The real api and dashboard on real releases, on free ports. */
export async function startService(data = testData()): Promise<Service> {
  if (!existsSync(data)) throw new Error(`AHP_TEST_DATA names ${data}, which does not exist`);
  const { url: api, child } = await startApi(data);
  const dashboard = await startDashboard({ api, port: 0, say: () => {} });
  return {
    url: dashboard.url,
    api,
    close: async () => {
      await dashboard.close();
      child.kill();
    },
  };
}

/** The code of the organisation with the most people: of a small one hardly a figure may be shown. */
export async function largestOrganisation(api: string): Promise<string> {
  const { staff } = await ask<{ staff: { rows: { area: { code: string } }[] } }>(
    api,
    '{ staff(by: [ORGANISATION], orderBy: [{ measure: HEADCOUNT, direction: DESC }], first: 1) { ... on StaffTable { rows { area { code } } } } }',
  );
  return staff.rows[0]!.area.code;
}

/** Every measure, with the nations between which it may be compared. */
export async function definitions(api: string): Promise<{ id: string; comparable: string[] }[]> {
  const { catalogue } = await ask<{ catalogue: { measures: { id: string; comparable: string[] }[] } }>(
    api,
    '{ catalogue { measures { id comparable } } }',
  );
  return catalogue.measures;
}

export interface Merged {
  code: string;
  label: string;
  predecessors: { code: string; label: string }[];
}

/** An organisation that took others over. */
export async function mergedOrganisation(api: string): Promise<Merged> {
  const { organisations } = await ask<{ organisations: { nodes: Merged[] } }>(
    api,
    '{ organisations(first: 300) { nodes { code label predecessors { code label } } } }',
  );
  return organisations.nodes.find(({ predecessors }) => predecessors.length > 0)!;
}

async function ask<Data>(api: string, query: string): Promise<Data> {
  const response = await fetch(`${api}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return ((await response.json()) as { data: Data }).data;
}
