import type { ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { ExtractRefusal } from '../reading/extract-refusal.ts';
import type { SheetTop } from '../reading/workbook.ts';
import type { CheckResult } from '../steps/check.ts';
import type { ReceivedFile } from '../steps/receive.ts';
import { launch } from './launch.ts';
import { besideEngine, secondsFor, spillFor } from './limits.ts';
import type { Reply, Request } from './messages.ts';
import { died, exceeded, failed } from './refusals.ts';
import { watch, type Excess } from './watch.ts';

export interface ReaderOptions {
  /** Files and folders that may be read. */
  reads: readonly string[];
  /** Folders that may be written to as well; they exist. */
  writes?: readonly string[];
  /** Bytes that the engine may take before it spills to a folder of its own in `temporary`. */
  memory: number;
  temporary: string;
  /** Bytes that the whole process may hold, seconds and bytes of disk that a file may take; by default by the engine's memory and the file's size. */
  limits?: { memory?: number; seconds?: number; spill?: number };
}

export interface Checking {
  threads?: number;
  /** Folder that keeps the checked rows. */
  received?: string;
  onProgress?: (done: { bytes: number; of: number }) => void;
}

/**
 * Reads files in a process of its own, which starts with the first of them and again after one that ended it. Whatever a file does to that
 * process becomes an ExtractRefusal that names the file. One file at a time; `close` when there are no more.
 */
export class Reader {
  /** The most memory that one of its processes was seen to hold, bytes. */
  peakMemory = 0;
  readonly #options: ReaderOptions;
  #child: ChildProcess | null = null;

  constructor(options: ReaderOptions) {
    this.#options = options;
  }

  /** The process that is reading, if there is one. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** The names of the columns of a Parquet file. */
  async columns(path: string, bytes: number): Promise<string[]> {
    return (await this.#ask({ ask: 'columns', path }, { name: basename(path), path, bytes })) as string[];
  }

  /** The first rows of each sheet of a workbook. */
  async sheets(path: string, bytes: number): Promise<SheetTop[]> {
    return (await this.#ask({ ask: 'sheets', path }, { name: basename(path), path, bytes })) as SheetTop[];
  }

  /** Checks a file as `check` does; the good rows go to the folder of kept rows. */
  async check(file: ReceivedFile, { onProgress, threads = 1, ...where }: Checking = {}): Promise<CheckResult> {
    const spill = this.#options.limits?.spill ?? spillFor(file);
    return (await this.#ask({ ask: 'check', file, threads, spill, ...where }, file, onProgress)) as CheckResult;
  }

  async close(): Promise<void> {
    const child = this.#child;
    if (child === null) return;
    const closed = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGKILL');
    await closed;
  }

  async #ask(
    request: Request,
    file: { name: string; path: string; bytes: number },
    onProgress?: Checking['onProgress'],
  ): Promise<unknown> {
    const child = (this.#child ??= await this.#start());
    const { memory = this.#options.memory + besideEngine, seconds = secondsFor(file) } = this.#options.limits ?? {};
    let excess: Excess | null = null;
    let complaint = '';
    const hear = (text: Buffer) => (complaint = `${complaint}${text.toString('latin1')}`.slice(-10_000));
    const unwatch = watch(
      child.pid!,
      { memory, seconds },
      (bytes) => (this.peakMemory = Math.max(this.peakMemory, bytes)),
      (what) => {
        excess = what;
        child.kill('SIGKILL');
      },
    );
    return await new Promise<unknown>((resolve, reject) => {
      const settle = () => {
        unwatch();
        child.off('message', onMessage).off('close', onClose);
        child.stderr!.off('data', hear);
      };
      const onMessage = (reply: Reply) => {
        if ('bytes' in reply) return onProgress?.(reply);
        if ('ready' in reply) return;
        settle();
        if ('answer' in reply) return resolve(reply.answer);
        if ('refused' in reply) {
          const { code, file, problem, remedy, ...at } = reply.refused;
          return reject(new ExtractRefusal(code, file, problem, remedy, at));
        }
        // An engine that failed may not be whole any more.
        void this.close().then(() => reject(failed(file.name, reply.failed)));
      };
      const onClose = (code: number | null, signal: string | null) => {
        settle();
        reject(
          excess === null ? died(file.name, code, signal, complaint) : exceeded(file.name, excess, { memory, seconds }),
        );
      };
      child.on('message', onMessage).on('close', onClose);
      child.stderr!.on('data', hear);
      child.send(request);
    });
  }

  async #start(): Promise<ChildProcess> {
    const { reads, writes = [], memory } = this.#options;
    const temporary = join(resolve(this.#options.temporary), `reader-${process.pid}-${(started += 1)}`);
    const child = launch(reads, writes, memory, temporary);
    await new Promise<void>((resolve, reject) => {
      let complaint = '';
      const hear = (text: Buffer) => (complaint += text.toString());
      const failed = () => reject(new Error(`The process that reads files cannot be started: ${complaint}`));
      child.stderr!.on('data', hear);
      child.once('close', failed).once('message', () => {
        child.off('close', failed);
        child.stderr!.off('data', hear).resume();
        resolve();
      });
      child.on('error', (error) => (complaint += error.message));
    });
    child.once('close', () => {
      this.#child = null;
      rmSync(temporary, { recursive: true, force: true });
    });
    return child;
  }
}

let started = 0;
