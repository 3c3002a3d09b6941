import { createHash } from 'node:crypto';
import { watch, type FSWatcher } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Asker, AudienceId } from '../identity/asker.ts';
import type { ReleaseRecord } from './catalogue.ts';
import { isVersion, readCurrent, readManifest, UnusableRelease, verifiedFile, type Manifest } from './manifest.ts';
import { OpenRelease } from './open-release.ts';
import { ownFilesOf, readPrivatePart } from './private-part.ts';
import { Trust } from './trust.ts';

export { OpenRelease } from './open-release.ts';

/** Releases opened besides the current one, at most; the longest unused is closed first. */
const keptOpen = 6;
/** Own figures of employers that are kept open, at most: some 10 MB each. */
const keptOwn = 32;
const own = 'own ';

type Lease = { release: OpenRelease; done: () => void };

interface Options {
  /** Milliseconds between looks at current.json, besides watching the folder. */
  poll?: number;
  /** File of the public keys that sign releases; by default the one that the releases folder held when the api started. */
  publicKey?: string | null;
  log?: (line: { event: string; [detail: string]: unknown }) => void;
}

/**
 * The releases of a data folder: which one is current, and every kept one by version. A new `current.json` is noticed by itself;
 * its files are checked against the manifest first, and while they are damaged the release before goes on being served.
 */
export class Releases {
  readonly data: string;
  readonly #log: NonNullable<Options['log']>;
  readonly #publicKey: string | null;
  #trust: Trust | null = null;
  readonly #open = new Map<string, Promise<OpenRelease>>();
  #current: { version: string; stamp: string; manifest: Manifest } | null = null;
  #refused = '';
  #generation = 0;
  #watcher: FSWatcher | null = null;
  #timer: NodeJS.Timeout | null = null;
  #refreshing: Promise<void> | null = null;

  private constructor(data: string, { log, publicKey = null }: Options) {
    this.data = data;
    this.#publicKey = publicKey;
    this.#log = log ?? (() => {});
  }

  /** Opens the current release and starts to watch for the next. Throws UnusableRelease when there is none to serve. */
  static async watch(data: string, { poll = 2000, ...options }: Options = {}): Promise<Releases> {
    const releases = new Releases(data, options);
    await releases.#first(true);
    releases.#watch(poll);
    return releases;
  }

  /** As `watch`, for one question: only the files that it needs are checked, and nothing is watched. */
  static async once(data: string, options: Omit<Options, 'poll'> = {}): Promise<Releases> {
    const releases = new Releases(data, options);
    await releases.#first(false);
    return releases;
  }

  get current(): string {
    return this.#current!.version;
  }

  /** Changes whenever another release becomes current: part of every cache key. */
  get generation(): number {
    return this.#generation;
  }

  /** Fingerprint of the files of the current release. */
  get stamp(): string {
    return this.#current?.stamp ?? '';
  }

  isCurrent(version: string): boolean {
    return version === this.#current?.version;
  }

  /**
   * The release of this version (the current one when null) for this audience, kept open until `done` is called; null when there
   * is none. Throws UnusableRelease when its files are damaged. Own figures are those of the asker’s employers alone.
   */
  async acquire(version: string | null, asker: Asker): Promise<Lease | null> {
    const wanted = version ?? this.current;
    if (!isVersion(wanted)) return null;
    const manifest =
      wanted === this.#current!.version ? this.#current!.manifest : await this.#manifest(wanted).catch(() => null);
    if (!manifest) return null;
    const release =
      asker.audience === 'own'
        ? await this.#openedOwn(manifest, asker.organisations)
        : manifest.files[`${asker.audience}.duckdb`] && (await this.#opened(manifest, asker.audience));
    return release ? { release, done: release.retain() } : null;
  }

  /** Every published release that the audience may see, newest first. */
  async all(asker: Asker): Promise<ReleaseRecord[]> {
    const names = await readdir(join(this.data, 'releases')).catch(() => []);
    const records = await Promise.all(names.filter(isVersion).map((name) => this.#record(name, asker)));
    return records
      .filter((record) => record !== null)
      .sort((a, b) =>
        a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : a.version < b.version ? 1 : -1,
      );
  }

  async close(): Promise<void> {
    this.#watcher?.close();
    if (this.#timer) clearInterval(this.#timer);
    await this.#refreshing;
    for (const opening of this.#open.values()) (await opening.catch(() => null))?.retire();
    this.#open.clear();
  }

  async #record(version: string, asker: Asker): Promise<ReleaseRecord | null> {
    const held = await this.acquire(version, asker).catch(() => null);
    held?.done();
    return held?.release.catalogue.release ?? null;
  }

  #opened(manifest: Manifest, audience: Exclude<AudienceId, 'own'>): Promise<OpenRelease> {
    const name = `${audience}.duckdb`;
    return this.#kept(`${manifest.version}|${manifest.files[name]!.sha256}|${audience}`, async () =>
      OpenRelease.open(await verifiedFile(this.data, manifest, name), manifest.publishedAt),
    );
  }

  async #openedOwn(manifest: Manifest, organisations: readonly string[]): Promise<OpenRelease | null> {
    const part = await readPrivatePart(this.data, manifest, this.#trust!);
    if (!part) return null;
    return this.#kept(`${manifest.version}|${manifest.createdAt}|${own}${organisations.join(',')}`, async () => {
      const files = await ownFilesOf(this.data, manifest, part, organisations);
      const others = await this.#opened(manifest, 'public');
      const done = others.retain();
      return OpenRelease.openOwn(files, others).finally(done);
    });
  }

  #kept(key: string, open: () => Promise<OpenRelease>): Promise<OpenRelease> {
    const known = this.#open.get(key);
    this.#open.delete(key);
    const opening = known ?? open();
    this.#open.set(key, opening);
    if (!known) {
      opening.catch(() => this.#open.delete(key));
      this.#closeUnused();
    }
    return opening;
  }

  #closeUnused(): void {
    const isOwn = (key: string) => key.includes(`|${own}`);
    const earlier = [...this.#open].filter(([key]) => !isOwn(key) && !key.startsWith(`${this.#current?.version}|`));
    const owned = [...this.#open].filter(([key]) => isOwn(key));
    for (const [key, opening] of [...earlier.slice(0, -keptOpen), ...owned.slice(0, -keptOwn)]) {
      this.#open.delete(key);
      void opening.then((release) => release.retire()).catch(() => {});
    }
  }

  async #first(thorough: boolean): Promise<void> {
    await this.#refresh(thorough);
    if (!this.#current && this.#refused && thorough) await this.#fallBack();
    if (this.#current) return;
    const nothing = `there is no release in ${this.data}: build one with \`etl build --extracts DIR --data ${this.data}\``;
    throw new UnusableRelease(this.#refused || nothing);
  }

  /** The keys are those of the first look, whatever becomes of their file. */
  async #manifest(version: string): Promise<Manifest> {
    this.#trust ??= await Trust.of(this.data, this.#publicKey);
    return readManifest(this.data, version, this.#trust);
  }

  /** The current release cannot be served at the start: serves the one published last that can, and goes on looking at current.json. */
  async #fallBack(): Promise<void> {
    const names = await readdir(join(this.data, 'releases')).catch(() => []);
    const allowed = await Promise.all(names.filter(isVersion).map((name) => this.#manifest(name).catch(() => null)));
    const newestFirst = allowed
      .filter((manifest) => manifest !== null)
      .sort((a, b) => String(b.publishedAt ?? '').localeCompare(String(a.publishedAt ?? '')));
    for (const { version } of newestFirst) {
      const refused = this.#refused;
      await this.#follow(true, version);
      this.#refused = refused;
      if (this.#current) return;
    }
  }

  #watch(poll: number): void {
    const look = () => void this.#refresh();
    try {
      this.#watcher = watch(join(this.data, 'releases'), look);
      this.#watcher.on('error', () => {});
      this.#watcher.unref();
    } catch {
      // Some file systems cannot be watched; the poll remains.
    }
    this.#timer = setInterval(look, poll).unref();
  }

  #refresh(thorough = true): Promise<void> {
    this.#refreshing ??= this.#follow(thorough).finally(() => (this.#refreshing = null));
    return this.#refreshing;
  }

  async #follow(thorough: boolean, named?: string): Promise<void> {
    try {
      const version = named ?? (await readCurrent(this.data));
      if (version === null) return;
      const manifest = await this.#manifest(version);
      const stamp = fingerprint(manifest);
      if (this.#current?.version === version && this.#current.stamp === stamp) return;
      if (thorough) await this.#check(manifest);
      const before = this.#current?.version ?? null;
      this.#current = { version, stamp, manifest };
      this.#generation += 1;
      this.#refused = '';
      this.#retireOthers(version);
      this.#log({ event: 'release', version, before });
    } catch (error) {
      const reason = error instanceof UnusableRelease ? error.message : 'the release cannot be opened';
      if (reason !== this.#refused)
        this.#log({ event: 'release refused', reason, serving: this.#current?.version ?? null });
      this.#refused = reason;
    }
  }

  /** Opens the file of the public and checks the others, before anything is served from the release. */
  async #check(manifest: Manifest): Promise<void> {
    await this.#opened(manifest, 'public');
    const others = Object.keys(manifest.files).filter((name) => name !== 'public.duckdb');
    await Promise.all(others.map((name) => verifiedFile(this.data, manifest, name)));
  }

  #retireOthers(version: string): void {
    for (const [key, opening] of this.#open) {
      if (key.startsWith(`${version}|`)) continue;
      this.#open.delete(key);
      void opening.then((release) => release.retire()).catch(() => {});
    }
  }
}

const fingerprint = ({ version, files }: Manifest) =>
  createHash('sha256')
    .update(JSON.stringify([version, files]))
    .digest('base64url')
    .slice(0, 16);
