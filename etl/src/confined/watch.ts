import { readFileSync } from 'node:fs';

const every = 50;

export interface Limits {
  /** Bytes that the process may hold. */
  memory: number;
  seconds: number;
}

export type Excess = 'memory' | 'seconds';

/**
 * Looks at a process until told to stop, and says once when it holds more than its memory or takes longer than its time. Memory is looked at
 * where the kernel tells it (Linux); elsewhere the limits of V8 and DuckDB alone hold.
 */
export function watch(
  pid: number,
  limits: Limits,
  onMemory: (bytes: number) => void,
  onExcess: (what: Excess) => void,
) {
  const started = performance.now();
  const timer = setInterval(() => {
    const bytes = heldBy(pid);
    onMemory(bytes);
    const excess =
      bytes > limits.memory ? 'memory' : performance.now() - started > limits.seconds * 1000 ? 'seconds' : null;
    if (excess === null) return;
    clearInterval(timer);
    onExcess(excess);
  }, every);
  return () => clearInterval(timer);
}

function heldBy(pid: number): number {
  try {
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))!;
    return Number(kilobytes) * 1024;
  } catch {
    return 0;
  }
}
