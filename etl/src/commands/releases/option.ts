import { Command } from 'commander';
import { Refusal } from '../../refusal.ts';
import { currentVersion } from '../../releases/folder.ts';
import { storageRefusal } from '../../releases/storage-refusal.ts';

/** A command on the releases of a data folder. */
export const onReleases = (name: string, description: string): Command =>
  new Command(name).description(description).requiredOption('--data <dir>', 'data folder');

/** The version that is served; throws Refusal `no_release` before the first. */
export function servedVersion(data: string): string {
  const version = currentVersion(data);
  if (!version) throw new Refusal('no_release', `there is no release in ${data} yet: \`etl build\` makes one.`);
  return version;
}

/** Runs a command that writes; a disk that is full or read-only is told in a sentence. */
export async function writing<T>(data: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw storageRefusal(error, data) ?? error;
  }
}
