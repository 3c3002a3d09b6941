import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { noteReached, reachedHeaders } from '../reached-at.ts';

const reached = (headers: Record<string, string>, trustsProxy = false): string => {
  const request = { headers: { ...headers } } as unknown as IncomingMessage;
  noteReached(request, '10.0.0.5:3000', trustsProxy);
  return `${String(request.headers[reachedHeaders.protocol])}://${String(request.headers[reachedHeaders.host])}`;
};

test.each<[string, Record<string, string>, boolean, string]>([
  ['a name of this machine is believed', { host: 'localhost:3000' }, false, 'http://localhost:3000'],
  ['and its address', { host: '[::1]:3000' }, false, 'http://[::1]:3000'],
  ['another name is not', { host: 'evil.example' }, false, 'http://10.0.0.5:3000'],
  ['nor one that only begins like it', { host: 'localhost.evil.example' }, false, 'http://10.0.0.5:3000'],
  ['nor no name', {}, false, 'http://10.0.0.5:3000'],
  ['a protocol is not believed from anybody', { 'x-forwarded-proto': 'https' }, false, 'http://10.0.0.5:3000'],
  ['but from a proxy that is trusted', { 'x-forwarded-proto': 'https' }, true, 'https://10.0.0.5:3000'],
  ['and then only a protocol of the web', { 'x-forwarded-proto': 'gopher' }, true, 'http://10.0.0.5:3000'],
  [
    'our own headers are overwritten',
    { 'x-ahp-host': 'evil.example', 'x-ahp-protocol': 'https' },
    false,
    'http://10.0.0.5:3000',
  ],
])('%s', (_, headers, trustsProxy, expected) => {
  expect(reached(headers, trustsProxy)).toBe(expected);
});
