import type { ExtractRefusalCode } from '../reading/extract-refusal.ts';
import type { ReceivedFile } from '../steps/receive.ts';

/** What a reader may touch, and how much memory its engine may take. Given once, when it starts. */
export interface Settings {
  /** Bytes. */
  memory: number;
  /** Folder to spill to. */
  temporary: string;
  files: string[];
  folders: string[];
}

export type Request =
  | { ask: 'columns'; path: string }
  | { ask: 'sheets'; path: string }
  | {
      ask: 'check';
      file: ReceivedFile;
      threads: number;
      /** Bytes that the engine may spill to disk. */
      spill: number;
      /** Folder of kept rows; without it the rows are judged and let go. */
      received?: string;
    };

export interface Refused {
  code: ExtractRefusalCode;
  file: string;
  problem: string;
  remedy: string;
  line?: number;
  column?: string;
}

export type Reply =
  { ready: true } | { bytes: number; of: number } | { answer: unknown } | { refused: Refused } | { failed: string };
