import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { openWorkshop } from '@ahp/sql/open';
import { ownLists, ownTables, writeOwnTable } from '@ahp/sql/own-files';
import { signManifest } from './signed-release.ts';

/** Makes the private part of a release of a file that holds the own figures of all employers. */
export async function writePrivatePart(data: string, version: string, file: string, createdAt?: string): Promise<void> {
  const folder = join(data, 'private', version);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const lists = join(folder, ownLists);
  copyFileSync(file, lists);
  await inFile(lists, async (connection) => {
    for (const table of ownTables) {
      await writeOwnTable(connection, folder, table, table);
      await connection.run(`delete from ${table}`);
    }
  });
  sealPrivatePart(data, version, createdAt);
}

/** Signs the private part of a release for the files that it has now. */
export function sealPrivatePart(data: string, version: string, createdAt?: string): void {
  const folder = join(data, 'private', version);
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name !== 'manifest.json' && statSync(join(folder, name)).isFile(),
  );
  const files = Object.fromEntries(
    names.map((name) => {
      const bytes = readFileSync(join(folder, name));
      return [name, { sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length }];
    }),
  );
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(signManifest({ version, createdAt, files })));
}

/** Runs some work on a file that can be written. */
export async function inFile(path: string, work: (connection: DuckDBConnection) => Promise<unknown>): Promise<void> {
  const instance = await openWorkshop(path);
  const connection = await instance.connect();
  try {
    await work(connection);
    await connection.run('checkpoint');
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
