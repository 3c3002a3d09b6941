import { join } from 'node:path';
import { ownFolder, ownLists, ownTables, type OwnTable } from '@ahp/sql/own-files';
import { checkedFile, readJson, UnusableRelease, type Manifest } from './manifest.ts';
import type { Trust } from './trust.ts';

/** What the api needs of `private/<version>/manifest.json`. */
export interface PrivatePart {
  version: string;
  createdAt?: string;
  files: Record<string, { sha256: string; bytes: number }>;
}

/** Own figures of some employers: every file of them was checked. */
export interface OwnFiles {
  lists: string;
  files: Record<OwnTable, string[]>;
}

/**
 * The private part of a release; null when it is not here, as where a release was copied for everybody.
 * Throws UnusableRelease when it is of another build, not signed, or cannot be read.
 */
export async function readPrivatePart(data: string, manifest: Manifest, trust: Trust): Promise<PrivatePart | null> {
  const part = (await readJson(join(folderOf(data, manifest), 'manifest.json')).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
      throw unusable(manifest, 'the manifest of its private part cannot be read');
    },
  )) as PrivatePart | null;
  if (part && (!trust.isSigned(part) || part.version !== manifest.version || part.createdAt !== manifest.createdAt))
    throw unusable(manifest, 'its private part is not the one that was made with it');
  return part;
}

/** The files of own figures of these employers and of no other, checked. Throws UnusableRelease when one is damaged. */
export async function ownFilesOf(
  data: string,
  manifest: Manifest,
  part: PrivatePart,
  organisations: readonly string[],
): Promise<OwnFiles> {
  const checked = async (name: string) => {
    const expected = part.files[name];
    if (!expected) throw unusable(manifest, `its private part does not list ${name}`);
    return checkedFile(join(folderOf(data, manifest), name), expected, (what) => unusable(manifest, `${name} ${what}`));
  };
  const listed = (table: OwnTable) => {
    const folders = organisations.map((code) => ownFolder(table, code));
    return Object.keys(part.files).filter((name) => folders.some((folder) => name.startsWith(folder)));
  };
  const lists = await checked(ownLists);
  const [cell, withheld] = await Promise.all(ownTables.map((table) => Promise.all(listed(table).map(checked))));
  return { lists, files: { cell: cell!, withheld: withheld! } };
}

const folderOf = (data: string, { version }: Manifest) => join(data, 'private', version);
const unusable = ({ version }: Manifest, what: string) => new UnusableRelease(`release ${version}: ${what}`);
