import { existsSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { Tokens } from './identity/auth.ts';
import { BadSetting, readConfig } from './config.ts';
import { UnusableRelease } from './release/manifest.ts';
import { Releases } from './release/releases.ts';
import { createServer } from './http/server.ts';

/** Starts the api; resolves to its address and a way to stop it. Throws BadSetting, UnusableRelease or the system’s error. */
export async function start(
  flags: Parameters<typeof readConfig>[0] = {},
): Promise<{ url: string; stop: () => Promise<void> }> {
  const config = readConfig(flags);
  if (config.tokens !== null && !existsSync(config.tokens)) throw new BadSetting('the tokens file does not exist');
  const tokens = config.tokens === null ? new Tokens() : readTokens(config.tokens);
  const report = (line: object) => config.log && process.stderr.write(`${JSON.stringify(line)}\n`);
  const releases = await Releases.watch(config.data, { log: report });
  const onFault = (error: unknown) =>
    process.stderr.write(
      `${JSON.stringify({ event: 'fault', error: error instanceof Error ? error.stack : String(error) })}\n`,
    );
  const app = await createServer({ ...config, releases, tokens, onFault });
  const stop = async () => {
    await app.close();
    await releases.close();
  };
  try {
    return { url: await app.listen({ port: config.port, host: config.host }), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function readTokens(path: string): Tokens {
  try {
    return Tokens.read(path);
  } catch (error) {
    throw new BadSetting(
      `the tokens file cannot be used: ${error instanceof SyntaxError ? 'it is not JSON' : (error as Error).message}`,
    );
  }
}

function explain(error: unknown, port: string): [message: string, exit: 1 | 2] {
  if (error instanceof BadSetting) return [error.message, 2];
  if (error instanceof UnusableRelease) return [error.message, 1];
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return [`port ${port} is in use: stop what uses it, or choose another with --port`, 1];
  if (code === 'EACCES') return [`port ${port} may not be used by this user: choose one above 1023 with --port`, 1];
  return [error instanceof Error ? error.message : String(error), 1];
}

/** The command: `api --data DIR --port P`. Exit code 0 stopped, 1 failed, 2 wrong usage. */
async function main(): Promise<void> {
  const command = new Command('api')
    .description('Answers GraphQL questions about the releases of a data folder.')
    .option('--data <dir>', 'folder that holds releases/ (AHP_DATA; default: data)')
    .option('--port <port>', 'port to listen on (AHP_API_PORT; default: 4000)')
    .option('--host <host>', 'address to listen on (AHP_API_HOST; default: 127.0.0.1)')
    .option('--tokens <file>', 'JSON file of access tokens (AHP_TOKENS; default: public figures only)')
    .option('--log <on|off>', 'log requests as JSON lines (AHP_LOG; default: off)')
    .exitOverride();
  try {
    command.parse();
  } catch (error) {
    process.exit(error instanceof CommanderError && error.exitCode === 0 ? 0 : 2);
  }
  const flags = command.opts<Record<string, string>>();
  try {
    const { url, stop } = await start(flags);
    process.stdout.write(`api ready at ${url}/graphql\n`);
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => void stop().then(() => process.exit(0)));
  } catch (error) {
    const [message, exit] = explain(error, flags.port ?? process.env.AHP_API_PORT ?? '4000');
    process.stderr.write(`api: ${message}\n`);
    process.exit(exit);
  }
}

if (import.meta.main) await main();
