import { createHash } from 'node:crypto';
import { zip, type AsyncZippable } from 'fflate';
import type { Answered } from '../query/context.ts';
import { csvOf } from './csv.ts';
import { csvwOf } from './csvw.ts';
import type { FileTable } from './file-table.ts';
import type { Provenance } from './provenance.ts';
import { readmeOf } from './readme.ts';

const zipped = (files: AsyncZippable) =>
  new Promise<Uint8Array>((resolve, reject) => zip(files, (error, bytes) => (error ? reject(error) : resolve(bytes))));
/** The same for every file, so that the same answer is the same bytes: the first day that a ZIP can tell. */
const mtime = new Date(1980, 0, 1);

/** A ZIP of a CSV file for each table, what its columns mean (CSV on the Web), a README and checksums. */
export async function zipOf(
  tables: readonly FileTable[],
  answered: readonly Answered[],
  provenance: Provenance,
): Promise<Buffer> {
  const files = new Map<string, Buffer>();
  for (const table of tables) {
    const name = `${table.name}.csv`;
    files.set(name, Buffer.from([...csvOf([table])].join('')));
    files.set(`${name}-metadata.json`, Buffer.from(`${JSON.stringify(csvwOf(name, table, provenance), null, 2)}\n`));
  }
  files.set('README.md', Buffer.from(readmeOf([...files.keys()], answered, provenance)));
  const sums = [...files].map(([name, bytes]) => `${createHash('sha256').update(bytes).digest('hex')}  ${name}\n`);
  files.set('SHA256SUMS', Buffer.from(sums.join('')));
  const entries = [...files].map(([name, bytes]) => [name, [new Uint8Array(bytes), { mtime }]] as const);
  return Buffer.from(await zipped(Object.fromEntries(entries) as AsyncZippable));
}
