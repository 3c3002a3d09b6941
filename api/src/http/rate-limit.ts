import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Account } from './account.ts';

/** What a question costs besides its cells, and one whose answer was kept. */
const points = { made: 20, kept: 1 };
/** Seconds over which points are counted. */
const duration = 60;
/** Who asks from this machine: the dashboard, for all its readers. */
export const thisMachine = ['127.0.0.1', '::1', '::ffff:127.0.0.1'];

/** Somebody asked too much; the message is for them. */
export class AskedTooMuch extends Error {
  readonly seconds: number;

  constructor(seconds: number) {
    super(
      `You have asked for more than this service gives to one key or address in a minute. Ask again in ${seconds} seconds, for less at a time, or take a file.`,
    );
    this.seconds = seconds;
  }
}

/**
 * How much one key or one address may ask for in a minute, in points: 20 for an answer that is worked out, and one for each of its cells; 1 for one that
 * was kept. Each copy of the api counts for itself.
 */
export class RateLimit {
  readonly #limiter: RateLimiterMemory | null;
  readonly #exempt: ReadonlySet<string>;

  constructor({ perMinute, exempt = thisMachine }: { perMinute: number; exempt?: readonly string[] }) {
    this.#limiter = perMinute > 0 ? new RateLimiterMemory({ points: perMinute, duration }) : null;
    this.#exempt = new Set(exempt);
  }

  /** Throws `AskedTooMuch` when who asks has no points left. */
  async check(request: FastifyRequest): Promise<void> {
    const who = this.#whoOf(request);
    if (!who || !this.#limiter) return;
    await this.#take(who, 1);
  }

  /** Takes the points of an answer, which may leave who asked with none for the next. */
  async charge(request: FastifyRequest, { answer, cost }: Account): Promise<void> {
    const who = this.#whoOf(request);
    if (!who || !this.#limiter) return;
    const more = answer === 'made' ? points.made + cost.used - points.kept : 0;
    if (more > 0) await this.#limiter.penalty(who, more);
  }

  async #take(who: string, cost: number): Promise<void> {
    try {
      await this.#limiter!.consume(who, cost);
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      throw new AskedTooMuch(Math.max(1, Math.ceil(refused.msBeforeNext / 1000)));
    }
  }

  /** Whose points these are: of a key or token, by its digest; else of an address, of the network for IPv6. Null where nothing is counted. */
  #whoOf({ headers, ip }: FastifyRequest): string | null {
    if (headers.authorization) return createHash('sha256').update(headers.authorization).digest('base64url');
    if (this.#exempt.has(ip)) return null;
    return ip.includes(':') ? ip.split(':').slice(0, 4).join(':') : ip;
  }
}
