import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { UnusableRelease } from '../release/manifest.ts';
import { Releases } from '../release/releases.ts';
import { newKey } from './api-key.ts';
import { dayOf, endOfDay } from './day.ts';
import { appendToKeys, keysFileName, readKeys, stateOf, type KeyRecord } from './keys-file.ts';
import { lastUsedPath, readLastUsed } from './last-used.ts';
import { UnusableFile } from './private-file.ts';
import { unknownOf } from './unknown-organisations.ts';

interface Where {
  data: string;
  keys?: string;
}

interface Adding extends Where {
  label: string;
  owner: string;
  audience: string;
  organisation: string[];
  expires: string;
}

/** What somebody asked for cannot be done; the message says why. */
class Refused extends Error {}

const yearFromNow = () => dayOf(Date.now() + 365 * 86_400_000);
const pathOf = ({ data, keys }: Where) => keys ?? process.env.AHP_KEYS ?? join(data, keysFileName);

/** Where the command writes: what it did, and why it did not. */
export interface Output {
  say: (text: string) => void;
  refuse: (reason: string) => void;
}

const terminal: Output = {
  say: (text) => void process.stdout.write(`${text}\n`),
  refuse: (reason) => {
    process.stderr.write(`api keys: ${reason}\n`);
    process.exitCode = 1;
  },
};

/** The command `keys add|list|revoke`: who may ask for more than public figures. Exit code 0 done, 1 refused, 2 wrong usage. */
export function keysCommand({ say, refuse }: Output = terminal): Command {
  const keys = new Command('keys').description('Makes, lists and ends the keys by which analysts and employers ask.');
  const command = (name: string, description: string) =>
    keys
      .command(name)
      .description(description)
      .option('--data <dir>', 'data folder (AHP_DATA)', process.env.AHP_DATA ?? 'data')
      .option('--keys <file>', `file of keys (AHP_KEYS; default: ${keysFileName} in the data folder)`)
      .exitOverride();
  const attempt = async (action: () => string | Promise<string>) => {
    try {
      say(await action());
    } catch (error) {
      if (!(error instanceof Refused || error instanceof UnusableFile || error instanceof UnusableRelease)) throw error;
      refuse(error.message);
    }
  };
  const several = (code: string, before: string[]) => [...before, ...code.split(',')];
  command('add', 'Makes a key and shows it once. The running api accepts it within seconds.')
    .requiredOption('--label <text>', 'what the key is for')
    .requiredOption('--owner <text>', 'whom to ask about it')
    .requiredOption('--audience <audience>', 'trusted, or own with --organisation')
    .option('--organisation <code>', 'an employer whose own figures it shows; may be repeated', several, [])
    .option('--expires <day>', 'the last day on which it is accepted, in UTC, such as 2027-03-31', yearFromNow())
    .action((flags: Adding) => attempt(() => add(flags)));
  command('list', 'Lists the keys: for whom, until when, last used when.').action((flags: Where) =>
    attempt(() => list(flags)),
  );
  command('revoke', 'Ends a key. The running api refuses it within seconds.')
    .argument('<id>', 'the eight digits after ahp_, or the whole key')
    .action((id: string, flags: Where) => attempt(() => revoke(id, flags)));
  return keys;
}

async function add(flags: Adding): Promise<string> {
  const { label, owner, audience, expires } = flags;
  const organisations = [...new Set(flags.organisation)].sort();
  if (audience !== 'trusted' && audience !== 'own')
    throw new Refused(`--audience must be trusted or own, not "${audience}"; the public needs no key`);
  if (audience === 'own' && organisations.length === 0)
    throw new Refused('--audience own needs an employer: add --organisation CODE');
  if (audience === 'trusted' && organisations.length > 0)
    throw new Refused('--audience trusted has no organisations: leave --organisation out, or make it --audience own');
  if (!label.trim() || !owner.trim()) throw new Refused('--label and --owner must say something');
  const end = endOfDay(expires);
  if (end === null) throw new Refused(`--expires must be a day such as 2027-03-31, not "${expires}"`);
  if (end < Date.now()) throw new Refused(`--expires ${expires} is over already`);
  await checkKnown(flags.data, organisations);
  const { id, key, sha256 } = newKey();
  const path = pathOf(flags);
  appendToKeys(path, { id, label, owner, sha256, audience, organisations, created: dayOf(Date.now()), expires });
  return `Key for ${[audience, ...organisations].join(' ')} until the end of ${expires} (UTC), shown this once:

  ${key}

Send it as   Authorization: Bearer ${key}
${path} keeps its SHA-256 alone. It ends before that day with \`npm run api -- keys revoke ${id}\`.`;
}

async function checkKnown(data: string, organisations: readonly string[]): Promise<void> {
  if (organisations.length === 0) return;
  const releases = await Releases.once(data, { publicKey: process.env.AHP_PUBLIC_KEY ?? null });
  try {
    const [unknown] = await unknownOf(releases, organisations);
    if (unknown)
      throw new Refused(
        `the current release of ${data} has no organisation "${unknown}"; \`npm run query -- '{ organisations(search: "…") { nodes { code label } } }'\` finds codes`,
      );
  } finally {
    await releases.close();
  }
}

const columns = ['id', 'state', 'audience', 'organisations', 'expires', 'last used', 'owner', 'label'];

function list(flags: Where): string {
  const path = pathOf(flags);
  const keys = existsSync(path) ? readKeys(path) : [];
  if (keys.length === 0) return `There are no keys in ${path}: everybody sees the public figures.`;
  const used = readLastUsed(lastUsedPath(path));
  const rows = keys.map((key) => rowOf(key, used[key.id]));
  const widths = columns.map((column, i) => Math.max(column.length, ...rows.map((row) => row[i]!.length)));
  return [columns, ...rows]
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function rowOf(key: KeyRecord, used: string | undefined): string[] {
  const state = stateOf(key, Date.now());
  return [
    key.id,
    state === 'revoked' ? `revoked ${key.revoked}` : state,
    key.audience,
    key.organisations.join(',') || '-',
    key.expires,
    used?.replace('T', ' ').replace('Z', ' UTC') ?? 'never',
    key.owner,
    key.label,
  ];
}

function revoke(given: string, flags: Where): string {
  const path = pathOf(flags);
  const id = /^ahp_([0-9a-f]{8})(_|$)/.exec(given)?.[1] ?? given;
  const key = existsSync(path) ? readKeys(path).find((one) => one.id === id) : undefined;
  if (!key)
    throw new Refused(
      `there is no key ${/^[0-9a-f]{1,8}$/.test(id) ? `"${id}" ` : ''}in ${path}; \`npm run api -- keys list\` shows those there are`,
    );
  if (key.revoked !== null) throw new Refused(`key ${id} has been revoked on ${key.revoked} already`);
  appendToKeys(path, { revoke: id, on: dayOf(Date.now()) });
  return `Key ${id} (${key.label}) is revoked: a running api refuses it within seconds.`;
}
