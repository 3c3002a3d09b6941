import { InvalidArgumentError } from 'commander';
import { prunable, prune, type Prunable } from '../../releases/prune.ts';
import { who } from '../../releases/who.ts';
import { Refusal } from '../../refusal.ts';
import { onReleases, writing } from './option.ts';

const count = (text: string) => {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('a whole number from 1 is wanted.');
};

export const pruneCommand = onReleases(
  'prune',
  'Removes old releases, and rows kept from extracts that no release left was made of. Never the current one or the one before.',
)
  .requiredOption('--keep <n>', 'how many published releases to keep', count)
  .option('--yes', 'do it; without this, only say what would go')
  .option('--by <name>', 'who prunes (the account that runs this when absent)')
  .action(async ({ data, keep, yes, by }: { data: string; keep: number; yes?: boolean; by?: string }) => {
    if (yes) return console.log(`Removed ${told(await writing(data, prune(data, keep, who(by))))}.`);
    const found = prunable(data, keep);
    if (found.versions.length + found.kept.length === 0) return console.log('There is nothing to remove.');
    throw new Refusal('not_confirmed', `this would remove ${told(found)} for good. Add --yes to do it.`);
  });

function told({ versions, kept }: Prunable): string {
  const releases = versions.length > 0 ? `release ${versions.join(', ')}` : 'no release';
  return `${releases} and ${kept.length} files of kept rows`;
}
