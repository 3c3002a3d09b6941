/** Settings of the api; the environment is read here, once, and nowhere else. Flags of the command line win over it. */
export interface Config {
  /** Folder that holds `releases/`. AHP_DATA. */
  data: string;
  /** AHP_API_PORT. 0: any free one. */
  port: number;
  /** AHP_API_HOST. */
  host: string;
  /** File of access tokens, or null when only public figures are served. AHP_TOKENS. */
  tokens: string | null;
  /** Whether the schema may be asked for. AHP_INTROSPECTION: on (default) or off. */
  introspection: boolean;
  /** Whether requests are logged, as JSON lines. AHP_LOG: on or off (default). */
  log: boolean;
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
  return {
    data: flags.data ?? env.AHP_DATA ?? 'data',
    port: whole('port', flags.port ?? env.AHP_API_PORT ?? '4000', 0, 65_535),
    host: flags.host ?? env.AHP_API_HOST ?? '127.0.0.1',
    tokens: flags.tokens ?? env.AHP_TOKENS ?? null,
    introspection: onOff('AHP_INTROSPECTION', flags.introspection ?? env.AHP_INTROSPECTION ?? 'on'),
    log: onOff('AHP_LOG', flags.log ?? env.AHP_LOG ?? 'off'),
    cacheMegabytes: whole('AHP_CACHE_MB', flags.cacheMegabytes ?? env.AHP_CACHE_MB ?? '64', 0, 4096),
  };
}

function whole(name: string, text: string, from: number, to: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(value >= from && value <= to)) throw new BadSetting(`${name} must be a whole number from ${from} to ${to}`);
  return value;
}

function onOff(name: string, text: string): boolean {
  if (text !== 'on' && text !== 'off') throw new BadSetting(`${name} must be on or off`);
  return text === 'on';
}
