import { keyPattern } from './api-key.ts';
import { AccessRefused } from './asker.ts';

/** The token in an Authorization header; null without one. Throws AccessRefused when the header is something else. */
export function bearerOf(header: string | undefined): string | null {
  if (header === undefined || header === '') return null;
  const token = /^Bearer ([\x21-\x7e]{1,8192})$/i.exec(header)?.[1];
  if (!token) throw new AccessRefused('The Authorization header must be “Bearer” and a key.');
  return token;
}

/** Parameters of an address by which keys and tokens are sent elsewhere; addresses are kept in logs and histories, so here they are refused. */
const telling = /^(access_?token|auth(orization)?|bearer|id_?token|token|jwt|(api|x-api)[-_]?key|key)$/i;

/** Whether a key or a token is in the address of a request: by the name of a parameter, or by its looks. */
export function hasSecret(url: string): boolean {
  const at = url.indexOf('?');
  const decoded = url.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  if (keyPattern.test(decoded) || /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/.test(decoded)) return true;
  return at >= 0 && [...new URLSearchParams(url.slice(at + 1)).keys()].some((name) => telling.test(name));
}
