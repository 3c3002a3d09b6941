import { Command, InvalidArgumentError } from 'commander';
import { Progress } from '../progress.ts';
import { generateSample } from '../sample/generate.ts';

const whole = (least: number, most: number) => (text: string) => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most)
    throw new InvalidArgumentError(`a whole number from ${least} to ${most} is wanted.`);
  return value;
};

export const sampleCommand = new Command('sample')
  .description('Writes seeded synthetic extracts of four nations, with planted effects listed in truth.json.')
  .option('--people <n>', 'people who ever appear', whole(100, 20_000_000), 24_000)
  .option('--months <m>', 'months of movement after the opening snapshot', whole(1, 240), 48)
  .option('--seed <s>', 'same seed, same bytes', whole(0, 4_294_967_295), 1)
  .requiredOption('--out <dir>', 'folder to write to')
  .option('--json', 'print the summary as JSON')
  .addHelpText('after', '\nExample:\n  npm run etl -- sample --people 2000 --months 24 --seed 1 --out extracts')
  .action(async (options: { people: number; months: number; seed: number; out: string; json?: boolean }) => {
    const progress = new Progress({ quiet: options.json });
    progress.begin('sample', 1);
    const summary = await generateSample({
      ...options,
      onProgress: (made, of) => progress.at(made, 'snapshots', of),
    });
    const rows = Object.values(summary.rows).reduce((sum, n) => sum + n, 0);
    progress.end(`${rows.toLocaleString('en-GB')} rows in ${summary.files.length} files`);
    if (options.json) console.log(JSON.stringify(summary));
    else
      console.log(
        `Synthetic extracts of ${summary.people.toLocaleString('en-GB')} people are in ${options.out}; truth.json says what was planted.`,
      );
  });
