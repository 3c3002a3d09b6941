import { mkdirSync, writeFileSync } from 'node:fs';
import { contractsPage } from './documentation.ts';
import { frictionlessSchema } from './frictionless.ts';
import { extracts } from './index.ts';
import { feeds } from './published/index.ts';

/** Every generated file of `etl/contracts` and its text. */
export function contractFiles(): Record<string, string> {
  const schemas = extracts.map((extract) => [
    `${extract.name}.json`,
    frictionlessSchema(extract, feeds.find((feed) => feed.extract === extract)?.layout),
  ]);
  return { 'README.md': contractsPage(), ...Object.fromEntries(schemas) };
}

/** Writes them. Run with `node etl/src/extracts/write-contracts.ts`. */
export function writeContracts(): void {
  const folder = new URL('../../contracts/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(contractFiles())) writeFileSync(new URL(name, folder), text);
}

if (import.meta.main) writeContracts();
