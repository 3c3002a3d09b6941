import { Command } from 'commander';
import { approveCommand } from './releases/approve.ts';
import { diffCommand } from './releases/diff.ts';
import { currentCommand, listCommand } from './releases/list.ts';
import { qualityCommand } from './releases/quality.ts';
import { pruneCommand } from './releases/prune.ts';
import { publishCommand, publishDueCommand } from './releases/publish.ts';
import { rollbackCommand } from './releases/rollback.ts';
import { showCommand } from './releases/show.ts';
import { verifyCommand } from './releases/verify.ts';

export const releasesCommand = new Command('releases')
  .description(
    'The life of releases: staged, approved, published; rolled back, pruned. etl/docs/releases.md tells it in order.',
  )
  .addCommand(listCommand, { isDefault: true })
  .addCommand(showCommand)
  .addCommand(currentCommand)
  .addCommand(qualityCommand)
  .addCommand(diffCommand)
  .addCommand(approveCommand)
  .addCommand(publishCommand)
  .addCommand(publishDueCommand)
  .addCommand(rollbackCommand)
  .addCommand(verifyCommand)
  .addCommand(pruneCommand);
