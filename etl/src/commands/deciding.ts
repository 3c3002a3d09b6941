import { Option } from 'commander';

const collect = (value: string, before: string[] = []) => [...before, value];

/** `--accept lost:RAX:2026-03`, as often as there are findings to let pass. */
export const acceptOption = () =>
  new Option(
    '--accept <finding>',
    'let a finding about a month pass, by its whole name as in lost:RAX:2026-03; give --because with it (repeatable)',
  ).argParser(collect);

/** `--because "Ward closed 14 March"`: one for each --accept in the same order, or one for all. */
export const becauseOption = () =>
  new Option('--because <reason>', 'why it is true: readers are told it beside the figures of that month').argParser(
    collect,
  );

/** `--leave-out RAX:2026-03`, as often as there are employers and months to take for silent. */
export const leaveOutOption = () =>
  new Option(
    '--leave-out <organisation:month>',
    'take an employer for silent in a month, as in RAX:2026-03, so that the others can be published (repeatable)',
  ).argParser(collect);
