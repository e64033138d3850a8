import { describe, expect, it } from 'vitest';
import { openCounty } from '../../test/harness.ts';
import { makeAccount } from '../domains/land/accounts/fixtures/people.ts';
import { deskPath } from './pages/sign_in_again.ts';

/** Signed out in the middle of something on a plain page: what became of what was typed, and the way back. */
const county = await openCounty();
const { app } = county;
const at = '/console/ledgers/0190aaaa-0000-7000-8000-000000000001';
const headers = { host: 'county.test', accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' };
const plain = (body: string): string =>
  body.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))).replaceAll('&amp;', '&');
const nextOf = (body: string): string => /name="next" value="([^"]*)"/.exec(plain(body))?.[1] ?? '没有';

describe('登录过期', () => {
  it.each([
    [`http://county.test${at}?done=entered`, at],
    [`http://county.test${at}/facts`, at],
    ['http://elsewhere.test/console/ledgers', '/console'],
    [undefined, '/console'],
  ])('交密码这样的表单时：不留下，也不说还在；从 %s 来的回到 %s', async (referer, next) => {
    const sent = { method: 'POST' as const, url: `${at}/facts`, payload: 'value.person.schooling=小学&password=x' };
    const { statusCode, body } = await app.inject({ ...sent, headers: { ...headers, ...(referer && { referer }) } });
    expect(statusCode).toBe(401);
    expect(body).toContain('刚才填的没有保存');
    expect(body).not.toContain('还在本页');
    expect(nextOf(body)).toBe(next);
  });

  it('交表单时登录过期：填的跟着走，密码错一次也在；登录后按一下就接着提交', async () => {
    const payload = new URLSearchParams({ 'value.person.schooling': '小学<b>', commandId: 'c' }).toString();
    const { body } = await app.inject({ method: 'POST', url: `${at}/facts`, headers, payload });
    expect(body).toContain('按一下就接着提交');
    const keptOf = (page: string): string => /name="kept" value="([^"]*)"/.exec(page)?.[1] ?? '';
    const asText = (text: string): string => plain(text.replaceAll('&quot;', '"'));
    const kept = asText(keptOf(body));
    const fields = { 'value.person.schooling': '小学<b>', commandId: 'c' };
    expect(JSON.parse(kept)).toEqual({ path: `${at}/facts`, fields });
    const { login, password: real } = await makeAccount(county, 'carried');
    const signIn = (password: string, more = kept) =>
      app.inject({
        ...{ method: 'POST', url: '/console/sign-in', headers },
        payload: new URLSearchParams({ login, password, next: at, kept: more }).toString(),
      });
    expect(asText(keptOf((await signIn('错的')).body))).toBe(kept);
    const signedIn = await signIn(real);
    expect([signedIn.statusCode, signedIn.headers['set-cookie'] !== undefined]).toEqual([200, true]);
    expect(signedIn.body).toContain(`action="${at}/facts"`);
    expect(plain(signedIn.body)).toContain('<textarea name="value.person.schooling" hidden>小学<b></textarea>');
    // What did not come from us sends nobody anywhere.
    for (const foreign of [
      '{"path":"https://evil.test/","fields":{}}',
      '{"path":"/console/sign-out","fields":{}}',
      'x',
    ])
      expect((await signIn(real, foreign)).headers.location).toBe(at);
  });

  it('打开一页时：登录后就回到那一页；密码错一次也还记得', async () => {
    const url = '/console/ledgers?area=0190aaaa-0000-7000-8000-000000000002&done=same';
    const { body } = await app.inject({ url, headers: { host: 'county.test', accept: 'text/html' } });
    const next = nextOf(body);
    expect(next).toBe('/console/ledgers?area=0190aaaa-0000-7000-8000-000000000002');
    expect(body).toContain('登录后回到这一页');
    const { login, password: real } = await makeAccount(county, 'again');
    const signIn = (password: string) =>
      app.inject({
        ...{ method: 'POST', url: '/console/sign-in', headers },
        payload: new URLSearchParams({ login, password, next }).toString(),
      });
    expect(nextOf((await signIn('错的')).body)).toBe(next);
    expect((await signIn(real)).headers.location).toBe(next);
  });

  it.each([
    '//evil.test',
    'https://evil.test/console',
    '/console/../x',
    '/console\\x',
    '/consoles',
    '/console/sign-out',
  ])('不会去 %s', (path) => expect(deskPath(path)).toBe('/console'));
});
