import { Refusal } from '../../refusal.ts';
import { versionsOnDisk } from '../../releases/folder.ts';
import { verifyRelease } from '../../releases/verify.ts';
import { onReleases } from './option.ts';

export const verifyCommand = onReleases(
  'verify',
  'Checks the signature of a release and every file against it; all releases when no version is given.',
)
  .argument('[version]')
  .action(async (version: string | undefined, { data }: { data: string }) => {
    const problems: string[] = [];
    for (const one of version ? [version] : versionsOnDisk(data)) {
      const found = await verifyRelease(data, one);
      if (found.length === 0) console.log(`Release ${one} is whole.`);
      problems.push(...found.map((problem) => `${one}: ${problem}`));
    }
    if (problems.length > 0) throw new Refusal('damaged', 'what is there is not what was published.', problems);
  });
