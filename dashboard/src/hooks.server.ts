import type { Handle, HandleServerError } from '@sveltejs/kit/hooks';
import { registerKind } from '#lib/charts/register.ts';
import { providePictures } from '#lib/figure/picture-port.ts';
import { recognise } from '#lib/server/identity/recognise.ts';
import { signIn } from '#lib/server/identity/settings.ts';
import { picture } from '#lib/svg/picture.ts';

await registerKind('flow');
providePictures(picture);

const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
};

const compressible = /^(text\/|application\/(json|javascript)|image\/svg)/;

/** Pages carry their charts as SVG, which shrinks to a fifth: worth compressing where no proxy does it. */
function compress(request: Request, response: Response): Response {
  const accepts = request.headers.get('accept-encoding')?.includes('gzip');
  const type = response.headers.get('content-type') ?? '';
  if (!accepts || !response.body || !compressible.test(type) || response.headers.has('content-encoding'))
    return response;
  const headers = new Headers(response.headers);
  headers.set('content-encoding', 'gzip');
  headers.append('vary', 'accept-encoding');
  headers.delete('content-length');
  return new Response(response.body.pipeThrough(new CompressionStream('gzip')), {
    status: response.status,
    statusText: response.statusText,
    headers,
  });
}

export const handle: Handle = async ({ event, resolve }) => {
  await recognise(event);
  const response = await resolve(event);
  if (signIn) response.headers.append('vary', 'cookie');
  // What a reader sees who has signed in is theirs alone; the way in and out leaves no trace either.
  if (event.locals.session || /^\/(sign-in|sign-out|viewing)(\/|$)/.test(event.url.pathname))
    response.headers.set('cache-control', 'private, no-store');
  for (const [name, value] of Object.entries(securityHeaders)) response.headers.set(name, value);
  if (event.url.protocol === 'https:') response.headers.set('strict-transport-security', 'max-age=31536000');
  if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-cache');
  return compress(event.request, response);
};

/** The reader gets a plain sentence; the log gets the rest. Errors that the pages throw themselves already are plain. */
export const handleError: HandleServerError = ({ kind, error }) => {
  if (kind === 'app') return error;
  if (kind === 'framework' && error.status === 404) return { message: 'There is no page at this address.' };
  console.error(error);
  return { message: 'Something went wrong on our side.' };
};
