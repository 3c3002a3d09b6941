import type { Problem, RefusalCode } from './refusal.ts';

/** Collects everything that is wrong with a question, so that all of it is said at once. */
export class Problems {
  readonly list: Problem[] = [];
  readonly #root: string;
  /** Cells that the answer would have been made of, where that was worked out. */
  cells = 0;

  constructor(root: string) {
    this.#root = root;
  }

  get any(): boolean {
    return this.list.length > 0;
  }

  /** Adds a problem; `path` leads from the root field to the argument. */
  add(code: RefusalCode, message: string, ...path: string[]): void {
    this.list.push({ code, message, path: [this.#root, ...path] });
  }
}
