import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** The WebSocket subprotocol of the studio; the token travels as a second one, `token.<token>`, because browsers cannot set headers there. */
export const SUBPROTOCOL = 'vividtalker';
const TOKEN_PREFIX = 'token.';

/** The parts of a request the guard looks at. */
export interface GuardedRequest {
  readonly method?: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** Decides which requests reach the host. A refusal is the HTTP status to answer with; null lets the request in. */
export interface Guard {
  refusePage(request: GuardedRequest): number | null;
  refuseSocket(request: GuardedRequest): number | null;
}

/** 256 random bits in URL-safe letters: knowing it is what makes a page the studio's own. */
export function createToken(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * Guards a loopback host on `port`:
 * the Host header must name this machine and port (else a foreign name that resolves to 127.0.0.1 could read it: DNS rebinding), an Origin must be the host's own
 * (else any web page could call it), and a socket must carry an Origin and the token.
 */
export function createGuard(port: number, token: string): Guard {
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);
  const origins = new Set([...hosts].map((host) => `http://${host}`));

  const refuseSender = (request: GuardedRequest): number | null => {
    const host = header(request, 'host');
    if (!host || !hosts.has(host.toLowerCase())) return 403;
    const origin = header(request, 'origin');
    return origin !== undefined && !origins.has(origin.toLowerCase()) ? 403 : null;
  };

  return {
    refusePage: (request) => {
      const refusal = refuseSender(request);
      if (refusal) return refusal;
      return request.method === 'GET' || request.method === 'HEAD' ? null : 405;
    },
    refuseSocket: (request) => {
      const refusal = refuseSender(request);
      if (refusal) return refusal;
      if (header(request, 'origin') === undefined) return 403;
      const protocols = (header(request, 'sec-websocket-protocol') ?? '').split(',').map((protocol) => protocol.trim());
      const offered = protocols.find((protocol) => protocol.startsWith(TOKEN_PREFIX));
      if (!protocols.includes(SUBPROTOCOL) || !offered || !isSame(offered.slice(TOKEN_PREFIX.length), token)) return 401;
      return null;
    },
  };
}

/** Compares digests, so that the time taken tells neither the length nor a common beginning. */
function isSame(offered: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(offered), digest(expected));
}

function header(request: GuardedRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
