import { nextDue, publishDue } from '../../releases/due.ts';
import { publishApproved } from '../../releases/life.ts';
import { who } from '../../releases/who.ts';
import { Refusal } from '../../refusal.ts';
import { onReleases, writing } from './option.ts';

export const publishCommand = onReleases('publish', 'Publishes an approved release and makes it current.')
  .argument('<version>')
  .option('--by <name>', 'who publishes (the account that runs this when absent)')
  .action(async (version: string, { data, by }: { data: string; by?: string }) => {
    await writing(data, publishApproved(data, version, who(by)));
    console.log(`Release ${version} is current.`);
  });

export const publishDueCommand = onReleases(
  'publish-due',
  'Publishes every approved release whose embargo has passed: run it every minute, or once with --wait.',
)
  .option('--wait', 'wait until no release is under embargo any more')
  .option('--by <name>', 'who publishes (the account that runs this when absent)')
  .action(async ({ data, wait, by }: { data: string; wait?: boolean; by?: string }) => {
    if (wait) await nextDue(data);
    const { published, refused } = await writing(data, publishDue(data, who(by)));
    for (const version of published) console.log(`Release ${version} is current.`);
    if (published.length + refused.length === 0) console.log('No embargo has passed.');
    if (refused.length > 0)
      throw new Refusal(
        'not_all_published',
        `${refused.length} release${refused.length > 1 ? 's' : ''} could not be published.`,
        refused.map(({ message }) => message),
      );
  });
