import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { BadSetting, readConfig, type Config } from './config.ts';
import { auditLogCommand } from './audit-log/command.ts';
import { drain } from './http/drain.ts';
import { createLog } from './http/log.ts';
import { thisMachine } from './http/rate-limit.ts';
import { createServer } from './http/server.ts';
import { everyone } from './identity/asker.ts';
import { Identities } from './identity/identities.ts';
import { KeyRing } from './identity/key-ring.ts';
import { keysCommand } from './identity/keys-command.ts';
import { UnusableFile } from './identity/private-file.ts';
import { SignedTokens } from './identity/signed-tokens.ts';
import { newsFileName, readNews } from './news/news-file.ts';
import { UnusableRelease } from './release/manifest.ts';
import { Releases } from './release/releases.ts';

const log = createLog();
const toLog = (line: object) => log.info(line);

/** Starts the api; resolves to its address and a way to stop it. Throws BadSetting, UnusableFile, UnusableRelease or the system’s error. */
export async function start(
  flags: Parameters<typeof readConfig>[0] = {},
): Promise<{ url: string; stop: () => Promise<void> }> {
  const config = readConfig(flags);
  readNews(join(config.data, newsFileName));
  const releases = await Releases.watch(config.data, {
    log: (line) => config.log && toLog(line),
    publicKey: config.publicKey,
  });
  const closing: (() => Promise<void>)[] = [() => releases.close()];
  const stop = async () => {
    for (const close of closing.reverse()) await close();
  };
  try {
    const identities = await identitiesOf(config, releases);
    closing.push(async () => identities.close());
    const onFault = (error: unknown) =>
      log.error({ event: 'fault', error: error instanceof Error ? error.stack : String(error) });
    const app = await createServer({
      ...config,
      releases,
      identities,
      onFault,
      log: config.log ? { to: log, addresses: config.logAddresses } : undefined,
      rate: { perMinute: config.ratePerMinute, exempt: [...thisMachine, ...config.rateExempt] },
    });
    closing.push(async () => {
      drain(app.server);
      await app.close();
    });
    return { url: await app.listen({ port: config.port, host: config.host }), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function identitiesOf({ keys, access, dashboardKey }: Config, releases: Releases): Promise<Identities> {
  const held = await releases.acquire(null, everyone);
  try {
    const isKnown = (code: string) => held?.release.catalogue.area('organisation', code) != null;
    const isSample = () => isSynthetic(releases);
    const tokens = new SignedTokens(access, { isKnown, isSample, dashboardKey, log: toLog });
    if (tokens.hasSample && !(await isSample())) {
      tokens.close();
      throw new BadSetting(
        `${access} lets anybody sign in as one of the sample’s people, and the current release is of real ones: take the issuer with "sample" out`,
      );
    }
    return new Identities({ keys: new KeyRing(keys, { isKnown, log: toLog }), tokens });
  } finally {
    held?.done();
  }
}

async function isSynthetic(releases: Releases): Promise<boolean> {
  const held = await releases.acquire(null, everyone);
  held?.done();
  return held?.release.catalogue.release.synthetic === true;
}

function explain(error: unknown, port: string): [message: string, exit: 1 | 2] {
  if (error instanceof BadSetting || error instanceof UnusableFile) return [error.message, 2];
  if (error instanceof UnusableRelease) return [error.message, 1];
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return [`port ${port} is in use: stop what uses it, or choose another with --port`, 1];
  if (code === 'EACCES') return [`port ${port} may not be used by this user: choose one above 1023 with --port`, 1];
  return [error instanceof Error ? error.message : String(error), 1];
}

/** The command: `api --data DIR --port P`, and `api keys …`. Exit code 0 stopped, 1 failed, 2 wrong usage. */
async function main(): Promise<void> {
  const command = new Command('api')
    .description('Answers GraphQL questions about the releases of a data folder.')
    .enablePositionalOptions()
    .option('--data <dir>', 'folder that holds releases/ (AHP_DATA; default: data)')
    .option('--port <port>', 'port to listen on (AHP_API_PORT; default: 4000)')
    .option('--host <host>', 'address to listen on (AHP_API_HOST; default: 127.0.0.1)')
    .option('--keys <file>', 'file of keys, see `api keys --help` (AHP_KEYS; default: keys.jsonl in the data folder)')
    .option(
      '--public-key <file>',
      'public keys that sign releases, in PEM (AHP_PUBLIC_KEY; default: releases/public-key.pem as it is at the start)',
    )
    .option(
      '--access <file>',
      'table of access for people who sign in (AHP_ACCESS; default: access.json in the data folder)',
    )
    .option('--log <on|off>', 'log requests as JSON lines (AHP_LOG; default: off)')
    .addCommand(keysCommand())
    .addCommand(auditLogCommand())
    .action(serve)
    .exitOverride();
  try {
    await command.parseAsync();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exit(error.exitCode === 0 ? 0 : 2);
  }
}

async function serve(flags: Record<string, string>): Promise<void> {
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
