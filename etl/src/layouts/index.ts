import { readdirSync } from 'node:fs';
import type { Layout } from './layout.ts';

const isLayout = (name: string) =>
  name.endsWith('.ts') &&
  !name.endsWith('.test.ts') &&
  !['index.ts', 'layout.ts', 'label-codes.ts', 'read.ts'].includes(name);
const names = readdirSync(import.meta.dirname).filter(isLayout);
// The contract is tried first: a file in our own words is never read as somebody else's.
names.sort((a, b) => Number(b === 'contract.ts') - Number(a === 'contract.ts') || a.localeCompare(b));

const modules = await Promise.all(
  names.map(async (name) => (await import(new URL(name, import.meta.url).href)) as { layouts: Layout[] }),
);

/** Every layout of this folder, the contract first. */
export const layouts: readonly Layout[] = modules.flatMap((module) => module.layouts);
