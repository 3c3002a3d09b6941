import { startEngine } from '../src/execution/engine.ts';
import { execute, type Execution } from '../src/execution/execute.ts';
import type { Asker } from '../src/identity/asker.ts';
import type { Releases } from '../src/release/releases.ts';

const engine = startEngine();

/** Runs a document as the engine would over HTTP, without a server. */
export async function run(
  document: string,
  variables: Record<string, unknown>,
  asker: Asker,
  releases: Releases,
): Promise<Execution> {
  return execute(await engine, { document, variables }, asker, releases);
}
