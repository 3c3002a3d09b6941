import { on } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildData, type Built } from '../../test/fixture.ts';
import { start } from '../main.ts';

let built: Built;
beforeAll(async () => {
  built = await buildData();
});
afterAll(() => built.remove());

const body = JSON.stringify({ query: '{ me { audience { id } } }' });
const head = `POST /graphql HTTP/1.1\r\nhost: api\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
const connected = (port: number) =>
  new Promise<Socket>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket));
  });
const until = async (socket: Socket, pattern: RegExp): Promise<void> => {
  let heard = '';
  for await (const [chunk] of on(socket, 'data', { close: ['close'] }))
    if (pattern.test((heard += String(chunk)))) return;
  throw new Error(`the connection was closed after: ${heard}`);
};

test('an api that stops answers what is under way, and waits for nobody who keeps a connection or half a request', async () => {
  const { url, stop } = await start({ data: built.data, port: '0' });
  const port = Number(new URL(url).port);
  const sockets = await Promise.all([connected(port), connected(port), connected(port)]);
  const closed = sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve)));
  const [, underWay, never] = sockets;
  // Both have been answered once, so that the server knows their connections; then each begins a second request.
  for (const socket of [underWay, never]) {
    const answered = until(socket, /"public"/);
    socket.write(head + body + head + body.slice(0, 9));
    await answered;
  }
  const stopped = stop();
  const answered = until(underWay, /"public"/);
  underWay.write(body.slice(9));
  await answered;
  await Promise.all([stopped, ...closed]);
  await expect(fetch(`${url}/healthz`)).rejects.toThrow();
});
