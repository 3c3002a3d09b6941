import { approve } from '../../releases/life.ts';
import { momentAhead } from '../moment.ts';
import { onReleases, writing } from './option.ts';

interface Options {
  data: string;
  by: string;
  fourEyes?: boolean;
  embargo?: string;
}

export const approveCommand = onReleases('approve', 'Approves a staged release, once somebody has looked at it.')
  .argument('<version>')
  .requiredOption('--by <name>', 'who approves')
  .option('--four-eyes', 'refuse when the builder approves (a release built with --four-eyes asks for that itself)')
  .option('--embargo <time>', 'do not publish before; replaces the embargo of the build', momentAhead)
  .action(async (version: string, { data, by, fourEyes, embargo }: Options) => {
    const { embargoUntil } = await writing(data, approve(data, version, { by, fourEyes, embargoUntil: embargo }));
    console.log(
      embargoUntil
        ? `Release ${version} is approved, under embargo until ${embargoUntil}: \`etl releases publish-due\` publishes it then.`
        : `Release ${version} is approved: \`etl releases publish ${version}\` makes it current.`,
    );
  });
