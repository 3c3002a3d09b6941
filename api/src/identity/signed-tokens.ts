import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { LRUCache } from 'lru-cache';
import { readAccess, type Access, type TokenCheck } from './access-file.ts';
import type { Asker } from './asker.ts';
import { checkToken } from './check-token.ts';
import { IssuerKeys } from './issuer-keys.ts';
import { UnusableFile } from './private-file.ts';
import { watchFile } from './watched-file.ts';

interface Options {
  dashboardKey?: Uint8Array | null;
  /** Whether the current release has this organisation; every one named must be known when the api starts. */
  isKnown?: (code: string) => boolean;
  /** Whether the current release is of invented people. */
  isSample?: () => Promise<boolean>;
  /** Milliseconds between looks at the file. */
  poll?: number;
  log?: (line: { event: string; [detail: string]: unknown }) => void;
  times?: ConstructorParameters<typeof IssuerKeys>[1];
}

/** A token that holds is checked again after this, so that keys taken back and rules changed count soon. */
const rememberedFor = 60_000;
const nobody: Access = { issuers: new Map(), rules: [] };

/**
 * JSON web tokens of the issuers in a table of access, and of the dashboard. The table is read again when it changes; while a changed one cannot be
 * used, the one before holds and the reason is logged; without the file nobody is known.
 */
export class SignedTokens {
  readonly #dashboardKey: Uint8Array | null;
  readonly #checked = new LRUCache<string, { asker: Asker; until: number }>({ max: 10_000 });
  readonly #keys = new Map<string, IssuerKeys>();
  readonly #times: Options['times'];
  readonly #isSample: () => Promise<boolean>;
  readonly #stop: () => void;
  #access: Access;

  /** Throws UnusableFile, naming file, entry and remedy, when the table is there and cannot be used. */
  constructor(
    path: string,
    {
      dashboardKey = null,
      isKnown = () => true,
      isSample = async () => false,
      poll = 5_000,
      log = () => {},
      times,
    }: Options = {},
  ) {
    const read = () => (existsSync(path) ? readAccess(path) : nobody);
    this.#dashboardKey = dashboardKey;
    this.#times = times;
    this.#isSample = isSample;
    this.#access = read();
    checkOrganisations(path, this.#access, isKnown);
    this.#stop = watchFile(path, poll, () => {
      try {
        this.#access = read();
        this.#checked.clear();
        this.#keys.clear();
        log({ event: 'access', file: path, rules: this.#access.rules.length });
      } catch (error) {
        if (!(error instanceof UnusableFile)) throw error;
        log({ event: 'access refused', reason: error.message });
      }
    });
  }

  /** Whom this token lets ask. Throws AccessRefused, or IdentityUnavailable when its issuer's keys cannot be had. */
  async askerOf(token: string): Promise<Asker> {
    const key = createHash('sha256').update(token).digest('base64');
    const known = this.#checked.get(key);
    if (known && Date.now() < known.until) return known.asker;
    const access = this.#access;
    const { asker, until } = await checkToken(token, {
      access,
      keysOf: this.#keysOf,
      dashboardKey: this.#dashboardKey,
      isSample: this.#isSample,
    });
    if (access === this.#access) this.#checked.set(key, { asker, until: Math.min(until, Date.now() + rememberedFor) });
    return asker;
  }

  /** Whether anybody may sign in as one of the sample's people. */
  get hasSample(): boolean {
    return [...this.#access.issuers.values()].some(({ sample }) => sample);
  }

  close(): void {
    this.#stop();
  }

  readonly #keysOf = ({ jwks }: TokenCheck): IssuerKeys => {
    if (!this.#keys.has(jwks)) this.#keys.set(jwks, new IssuerKeys(jwks, this.#times));
    return this.#keys.get(jwks)!;
  };
}

function checkOrganisations(path: string, { rules }: Access, isKnown: (code: string) => boolean): void {
  for (const [index, { organisations }] of rules.entries())
    for (const code of organisations)
      if (!isKnown(code))
        throw new UnusableFile(
          `${path}, rule ${index + 1}: the current release has no organisation "${code}"; mend the code or take it out`,
        );
}
