import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { accessFileName } from './identity/access-file.ts';
import { auditFolder } from './audit-log/audit-log.ts';
import { linksFolder } from './export/links.ts';
import { sharedKeyOf } from './identity/dashboard-token.ts';
import { keysFileName } from './identity/keys-file.ts';

/** Settings of the api; the environment is read here, once, and nowhere else. Flags of the command line win over it. */
export interface Config {
  /** Folder that holds `releases/`. AHP_DATA. */
  data: string;
  /** AHP_API_PORT. 0: any free one. */
  port: number;
  /** AHP_API_HOST. */
  host: string;
  /** File of keys. AHP_KEYS; default keys.jsonl in the data folder, which need not be there. */
  keys: string;
  /** File of the public keys that sign releases, or null for the one that the releases folder holds at the start. AHP_PUBLIC_KEY. */
  publicKey: string | null;
  /** Table of access for people who sign in. AHP_ACCESS; default access.json in the data folder, which need not be there. */
  access: string;
  /** Key shared with the dashboard, or null. AHP_DASHBOARD_KEY. */
  dashboardKey: Uint8Array | null;
  /** Whether the schema may be asked for. AHP_INTROSPECTION: on (default) or off. */
  introspection: boolean;
  /** Whether requests are logged, as JSON lines. AHP_LOG: on or off (default). */
  log: boolean;
  /** Folder of the questions that permalinks stand for. AHP_LINKS; default links in the data folder. */
  links: string;
  /** Megabytes that the folder of permalinks may grow to. AHP_LINKS_MB; 0: none are kept. */
  linksMegabytes: number;
  /** Address of the api as readers reach it, for links in files, or null. AHP_API_PUBLIC. */
  publicAddress: string | null;
  /** Whether the log names the address that a request came from, which is personal data. AHP_LOG_ADDRESSES: on or off (default). */
  logAddresses: boolean;
  /** Folder in which private reads are recorded. AHP_AUDIT_LOG; default audit in the data folder. */
  auditLog: string;
  /** Points that one key or address may use in a minute; 0: no limit. AHP_RATE_LIMIT. */
  ratePerMinute: number;
  /** Addresses that are not counted besides this machine’s own, such as that of the dashboard. AHP_RATE_EXEMPT. */
  rateExempt: readonly string[];
  /** Whether pages of other sites may read what the public may read. AHP_CROSS_ORIGIN: on (default) or off. */
  crossOrigin: boolean;
  /** Whether a proxy in front says where requests come from. AHP_TRUST_PROXY: on or off (default). */
  trustProxy: boolean;
  /** Answers kept in memory, in megabytes. AHP_CACHE_MB. */
  cacheMegabytes: number;
}

/** A setting that cannot be used; the message names it and what it may be. */
export class BadSetting extends Error {}

/** The configuration from flags over environment over defaults; throws BadSetting rather than guess. */
export function readConfig(
  flags: Partial<Record<keyof Config, string>> = {},
  env: NodeJS.ProcessEnv = process.env,
): Config {
  const data = flags.data ?? env.AHP_DATA ?? 'data';
  return {
    data,
    port: whole('port', flags.port ?? env.AHP_API_PORT ?? '4000', 0, 65_535),
    host: flags.host ?? env.AHP_API_HOST ?? '127.0.0.1',
    keys: keysPath(data, flags.keys, env),
    publicKey: flags.publicKey ?? env.AHP_PUBLIC_KEY ?? null,
    access: accessPath(data, flags.access, env),
    dashboardKey: sharedKey(env.AHP_DASHBOARD_KEY),
    introspection: onOff('AHP_INTROSPECTION', flags.introspection ?? env.AHP_INTROSPECTION ?? 'on'),
    log: onOff('AHP_LOG', flags.log ?? env.AHP_LOG ?? 'off'),
    logAddresses: onOff('AHP_LOG_ADDRESSES', env.AHP_LOG_ADDRESSES ?? 'off'),
    auditLog: env.AHP_AUDIT_LOG ?? join(data, auditFolder),
    ratePerMinute: whole('AHP_RATE_LIMIT', env.AHP_RATE_LIMIT ?? '200000', 0, 1_000_000_000),
    rateExempt: (env.AHP_RATE_EXEMPT ?? '').split(',').filter(Boolean),
    crossOrigin: onOff('AHP_CROSS_ORIGIN', env.AHP_CROSS_ORIGIN ?? 'on'),
    trustProxy: onOff('AHP_TRUST_PROXY', env.AHP_TRUST_PROXY ?? 'off'),
    links: env.AHP_LINKS ?? join(data, linksFolder),
    linksMegabytes: whole('AHP_LINKS_MB', env.AHP_LINKS_MB ?? '256', 0, 1_000_000),
    publicAddress: address('AHP_API_PUBLIC', env.AHP_API_PUBLIC),
    cacheMegabytes: whole('AHP_CACHE_MB', flags.cacheMegabytes ?? env.AHP_CACHE_MB ?? '64', 0, 4096),
  };
}

/** The file of keys: one that is named must be there. Throws BadSetting. */
export function keysPath(data: string, named: string | undefined, env: NodeJS.ProcessEnv = process.env): string {
  const asked = named ?? env.AHP_KEYS;
  if (asked !== undefined && !existsSync(asked))
    throw new BadSetting(
      `the file of keys ${asked} does not exist: \`npm run api -- keys add --keys ${asked}\` makes it`,
    );
  return asked ?? join(data, keysFileName);
}

function accessPath(data: string, named: string | undefined, env: NodeJS.ProcessEnv): string {
  const asked = named ?? env.AHP_ACCESS;
  if (asked !== undefined && !existsSync(asked)) throw new BadSetting(`the table of access ${asked} does not exist`);
  return asked ?? join(data, accessFileName);
}

function sharedKey(text: string | undefined): Uint8Array | null {
  if (text === undefined || text === '') return null;
  const key = sharedKeyOf(text);
  if (!key)
    throw new BadSetting(
      'AHP_DASHBOARD_KEY must be at least 32 random bytes as base64url, such as `node -p "crypto.randomBytes(32).toString(\'base64url\')"` makes',
    );
  return key;
}

function whole(name: string, text: string, from: number, to: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(value >= from && value <= to)) throw new BadSetting(`${name} must be a whole number from ${from} to ${to}`);
  return value;
}

/** An address without a slash at its end, or null. */
function address(name: string, text: string | undefined): string | null {
  if (text === undefined || text === '') return null;
  if (!URL.canParse(text) || !/^https?:\/\/[^?#]+$/.test(text))
    throw new BadSetting(`${name} must be an address, such as https://figures.example.nhs.uk`);
  return text.replace(/\/+$/, '');
}

function onOff(name: string, text: string): boolean {
  if (text !== 'on' && text !== 'off') throw new BadSetting(`${name} must be on or off`);
  return text === 'on';
}
