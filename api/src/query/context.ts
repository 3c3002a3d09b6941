import type { Subject } from '@ahp/sql/measure';
import { everyone, type Asker } from '../identity/asker.ts';
import type { ReleaseRecord } from '../release/catalogue.ts';
import type { OpenRelease } from '../release/open-release.ts';
import { ofPage, type Extents } from './limits.ts';
import type { Question } from './question.ts';
import type { Alternative, Problem, Refusal } from './refusal.ts';
import { refusedList } from './refused-list.ts';
import type { Releases } from '../release/releases.ts';
import type { Asked } from './selection.ts';
import type { Table } from './table.ts';

/** The question as it was sent; it is given back with every answer, as the permalink of its figures. */
interface Sent {
  document: string;
  variables: Readonly<Record<string, unknown>>;
}

/** In which setting a question is asked: the release that is current to it, and how much it may ask for. */
interface Setting {
  /** Answers as if this release were the current one. */
  pinned?: string | null;
  extents?: Extents;
}

/** A table of an answer, with what it was asked by. */
export interface Answered {
  /** Its name in the answer. */
  name: string;
  subject: Subject;
  question: Question;
  /** The figures that were selected, in this order. */
  figures: readonly Asked[];
  table: Table;
}

type Lease = { release: OpenRelease; done: () => void } | null;

export const unknownRelease = 'There is no such release for you. `releases` lists those there are.';

/** What every resolver may know about the request that it answers. Call `done` when the answer is complete. */
export class Context {
  readonly asker: Asker;
  readonly releases: Releases;
  readonly document: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly pinned: string | null;
  readonly extents: Extents;
  /** The tables of the answers so far, for files. */
  readonly tables: Answered[] = [];
  /** The releases that were read, by version. */
  readonly read = new Map<string, ReleaseRecord>();
  /** Cells that the answers to this request are made of so far, those of questions that were refused, and how many these were. */
  readonly spent = { cells: 0, refusedCells: 0, refusals: 0 };
  // Apollo copies the context field by field, so nothing here may be a #private name.
  private readonly held = new Map<string, Promise<Lease>>();

  constructor(
    asker: Asker,
    releases: Releases,
    { document, variables }: Sent,
    { pinned = null, extents = ofPage }: Setting = {},
  ) {
    this.asker = asker;
    this.releases = releases;
    this.document = document;
    this.variables = variables;
    this.pinned = pinned;
    this.extents = extents;
  }

  /** Whether a release is the current one to this question. */
  isCurrent(version: string): boolean {
    return this.pinned === null ? this.releases.isCurrent(version) : version === this.pinned;
  }

  /**
   * The release of this version (null: the current one, and the same one for the whole request) as `as` sees it, or null when there is none.
   * By default this is who asks.
   */
  async find(version: string | null | undefined, as: Asker = this.asker): Promise<OpenRelease | null> {
    const wanted = version ?? this.pinned;
    const key = `${as.audience} ${wanted == null ? 'current' : `version ${wanted}`}`;
    if (!this.held.has(key)) this.held.set(key, this.acquire(wanted ?? null, as));
    return (await this.held.get(key))?.release ?? null;
  }

  private async acquire(version: string | null, as: Asker): Promise<Lease> {
    const held = await this.releases.acquire(version, as);
    if (held) this.read.set(held.release.catalogue.release.version, held.release.catalogue.release);
    if (!held || as.audience !== 'own') return held;
    const others = await this.find(held.release.catalogue.release.version, everyone);
    if (others) return { ...held, release: held.release.ownOf(as.organisations, others) };
    held.done();
    return null;
  }

  /** As whom a release was opened for this request. */
  askerOf({ catalogue }: OpenRelease): Asker {
    const { id } = catalogue.audience;
    return id === this.asker.audience ? this.asker : everyone;
  }

  /** As `find`, but an error fit for readers when there is none. */
  async open(version: string | null | undefined): Promise<OpenRelease> {
    const found = await this.find(version);
    if (found) return found;
    const why = version != null ? unknownRelease : 'The current release has no figures for you.';
    throw refusedList('UNKNOWN_RELEASE', why, 'release');
  }

  /** The refusal of one question of this request. */
  refuse(problems: Problem[], alternatives: Alternative[]): Refusal {
    this.spent.refusals += 1;
    return { kind: 'refused', problems, alternatives };
  }

  async done(): Promise<void> {
    for (const held of this.held.values()) (await held.catch(() => null))?.done();
    this.held.clear();
  }
}

/** What a request asked for and what its answer was made of, in cells, and how much it might use. */
export function costOf({ spent, extents }: Pick<Context, 'spent' | 'extents'>) {
  return { requested: spent.cells + spent.refusedCells, used: spent.cells, limit: extents.cells };
}
