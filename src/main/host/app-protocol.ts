import { serveFile } from './serve-file';

/** The scheme and origin of the studio's page inside Electron. */
export const APP_SCHEME = 'app';
export const STUDIO_ORIGIN = `${APP_SCHEME}://studio`;

/** Answers a request of the `app:` scheme with a file of the built studio; other hosts and methods are refused. */
export async function answerAppRequest(rendererFolder: string, request: Request): Promise<Response> {
  const url = new URL(request.url);
  if (request.method !== 'GET' || `${url.protocol}//${url.host}` !== STUDIO_ORIGIN) return new Response('Refused\n', { status: 403 });
  const answer = await serveFile(rendererFolder, url.pathname);
  return new Response(answer.body as Uint8Array<ArrayBuffer>, { status: answer.status, headers: answer.headers });
}
