import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage } from './support/browser';
import { type StudioHost, startStudioHost } from './support/studio-host';

let browser: Browser;
let host: StudioHost;
let foreignSite: Server;

beforeAll(async () => {
  [browser, host] = await Promise.all([launchBrowser(), startStudioHost('test/fixtures/models')]);
  foreignSite = createServer((_request, response) => response.setHeader('Content-Type', 'text/html').end('<!doctype html>'));
  await new Promise<void>((done) => foreignSite.listen(0, '127.0.0.1', done));
});
afterAll(async () => {
  await browser?.close();
  await host?.stop();
  foreignSite?.close();
});

/** What a page gets that opens the engine's socket with this token: 'open' or 'refused'. */
function trySocket(page: Page, token: string): Promise<string> {
  return page.evaluate(
    ([address, offered]) =>
      new Promise<string>((done) => {
        const socket = new WebSocket(`${address}/engine`, ['vividtalker', `token.${offered}`]);
        socket.onopen = () => done('open');
        socket.onerror = () => done('refused');
      }),
    [new URL(host.url).origin.replace('http', 'ws'), token] as const,
  );
}

describe('a real browser', () => {
  const token = (): string => new URLSearchParams(new URL(host.url).hash.slice(1)).get('token') ?? '';

  it('lets the studio in, hides the token, and refuses what the policy forbids', async () => {
    const { page, context } = await openPage(browser);
    await page.goto(host.url);
    await page.waitForFunction(() => window.location.hash === '');
    expect(await trySocket(page, token())).toBe('open');
    expect(await trySocket(page, 'x'.repeat(43))).toBe('refused');
    const refused = await page.evaluate(
      () =>
        new Promise<string[]>((done) => {
          const directives: string[] = [];
          document.addEventListener('securitypolicyviolation', (event) => {
            if (directives.push(event.effectiveDirective) === 2) done(directives.sort());
          });
          const script = document.createElement('script');
          script.textContent = 'window.injected = true';
          document.head.append(script);
          const image = document.createElement('img');
          image.src = 'http://127.0.0.1:1/leak.png';
          document.body.append(image);
        }),
    );
    expect(refused).toEqual(['img-src', 'script-src-elem']);
    expect(await page.evaluate(() => Reflect.get(window, 'injected'))).toBeUndefined();
    await context.close();
  });

  it('keeps every other page out, even one that knows the token', async () => {
    const { page, context } = await openPage(browser);
    await page.goto(`http://127.0.0.1:${(foreignSite.address() as AddressInfo).port}/`);
    expect(await trySocket(page, token())).toBe('refused');
    expect(
      await page.evaluate(
        (address) =>
          fetch(address).then(
            () => 'read',
            () => 'blocked',
          ),
        new URL(host.url).origin,
      ),
    ).toBe('blocked');
    await context.close();
  });
});
