import { randomBytes } from 'node:crypto';
import { readFile, realpath } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';

/** An answer without a transport: the host writes it to HTTP, Electron makes a Response of it. */
export interface FileAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** The build writes this word wherever a nonce belongs; every answer gets a fresh one. */
const NONCE_PLACEHOLDER = '__CSP_NONCE__';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.glb': 'model/gltf-binary',
};

/**
 * What the studio's page may load. `socketSources` are the WebSocket addresses of the loopback host; Electron needs none.
 * `blob:` in connect-src is for textures inside a GLB, which three fetches from Blob URLs.
 */
export function contentSecurityPolicy(nonce: string, socketSources: readonly string[] = []): string {
  return [
    "default-src 'self'",
    "script-src 'self' 'wasm-unsafe-eval'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "font-src 'self'",
    "worker-src 'self' blob:",
    ["connect-src 'self' blob:", ...socketSources].join(' '),
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/**
 * Answers a request for a file of the built studio. `pathname` is the still encoded path of the URL; '/' means index.html. Only files with a known content type inside
 * `rootFolder` are served: anything else, and every path that leads out of the folder, is 404.
 */
export async function serveFile(rootFolder: string, pathname: string, socketSources: readonly string[] = []): Promise<FileAnswer> {
  const nonce = randomBytes(16).toString('base64');
  const securityHeaders = {
    'Content-Security-Policy': contentSecurityPolicy(nonce, socketSources),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'no-cache',
  };
  const filePath = resolveInside(rootFolder, pathname);
  const contentType = filePath && CONTENT_TYPES[extname(filePath).toLowerCase()];
  const body = filePath && contentType ? await readIfInside(rootFolder, filePath) : null;
  if (!contentType || !body)
    return { status: 404, headers: { ...securityHeaders, 'Content-Type': 'text/plain; charset=utf-8' }, body: Buffer.from('Not found\n') };
  const isPage = contentType.startsWith('text/html');
  return {
    status: 200,
    headers: { ...securityHeaders, 'Content-Type': contentType },
    body: isPage ? Buffer.from(body.toString('utf8').replaceAll(NONCE_PLACEHOLDER, nonce)) : body,
  };
}

function resolveInside(rootFolder: string, pathname: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  // Backslashes and drive letters would mean something else on Windows; a NUL ends a path in C.
  if (decoded.includes('\0') || decoded.includes('\\') || decoded.includes(':')) return null;
  const root = resolve(rootFolder);
  const filePath = resolve(join(root, decoded === '/' || decoded === '' ? 'index.html' : decoded));
  return filePath.startsWith(root + sep) ? filePath : null;
}

async function readIfInside(rootFolder: string, filePath: string): Promise<Buffer | null> {
  try {
    const [realRoot, realFile] = await Promise.all([realpath(rootFolder), realpath(filePath)]);
    return realFile.startsWith(realRoot + sep) ? await readFile(realFile) : null;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return null;
    throw error;
  }
}
