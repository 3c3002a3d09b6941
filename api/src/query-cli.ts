import { Command, CommanderError } from 'commander';
import { parseAsker } from './identity/asker.ts';
import { unknownOf } from './identity/unknown-organisations.ts';
import { startEngine } from './execution/engine.ts';
import { execute } from './execution/execute.ts';
import { UnusableRelease } from './release/manifest.ts';
import { Releases } from './release/releases.ts';

interface Flags {
  data: string;
  variables?: string;
  publicKey?: string;
  as: string;
}

/** The command: `query '<graphql>' --data DIR`. JSON to stdout. Exit code 0 fine, 1 refused or failed, 2 wrong usage. */
export async function main(argv: readonly string[]): Promise<number> {
  const command = new Command('query')
    .description('Answers one GraphQL question from a data folder, without a server. JSON to stdout.')
    .argument('<graphql>', 'the document, for example "{ me { audience { id } } }"')
    .option('--data <dir>', 'folder that holds releases/', process.env.AHP_DATA ?? 'data')
    .option(
      '--public-key <file>',
      'public keys that sign releases (default: releases/public-key.pem)',
      process.env.AHP_PUBLIC_KEY,
    )
    .option('--variables <json>', 'variables of the document, as JSON')
    .option('--as <who>', 'public, trusted or own:CODE (several with commas)', 'public')
    .addHelpText('after', '\nExit code: 0 answered, 1 refused or failed, 2 wrong usage.')
    .exitOverride();
  try {
    command.parse([...argv], { from: 'user' });
  } catch (error) {
    return error instanceof CommanderError && error.exitCode === 0 ? 0 : 2;
  }
  const flags = command.opts<Flags>();
  let asker, variables;
  try {
    if (!command.args[0]!.includes('{'))
      throw new Error(
        `"${command.args[0]}" is not a GraphQL document; an example is '{ me { audience { id } } }'. After \`npm run\`, options need a -- before them.`,
      );
    asker = parseAsker(flags.as);
    variables = variablesOf(flags.variables);
  } catch (error) {
    process.stderr.write(`query: ${(error as Error).message}\n`);
    return 2;
  }
  try {
    const releases = await Releases.once(flags.data, { publicKey: flags.publicKey });
    // Damage is told by name here; an answer would hold only that something went wrong.
    (await releases.acquire(null, asker))?.done();
    const unknown = await unknownOf(releases, asker.organisations);
    if (unknown.length > 0) {
      process.stderr.write(`query: the current release has no organisation "${unknown[0]}"\n`);
      return 1;
    }
    const { answer, refusals } = await execute(
      await startEngine(),
      { document: command.args[0]!, variables },
      asker,
      releases,
    );
    await releases.close();
    process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
    return answer.errors?.length || refusals > 0 ? 1 : 0;
  } catch (error) {
    const problem = error instanceof UnusableRelease ? error.message : 'the release cannot be read';
    const remedy = problem.startsWith('there is no release')
      ? ''
      : '. `npm run etl -- releases verify` says what is damaged: put it back from a backup, or build again';
    process.stderr.write(`query: ${problem}${remedy}\n`);
    return 1;
  }
}

function variablesOf(text: string | undefined): Record<string, unknown> {
  if (text === undefined) return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error('--variables is not JSON');
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw new Error('--variables must be a JSON object');
  return value as Record<string, unknown>;
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
