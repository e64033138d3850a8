import { describe, expect, it } from 'vitest';
import {
  afterWrongPin,
  type Bytes,
  makeLock,
  openLock,
  openWith,
  recover,
  seal,
  sealText,
  unseal,
  unsealText,
} from './lock.ts';

const owner = { accountId: 'a', personId: 'p', name: '王秀兰' };
const serverKey = new Uint8Array(32).fill(7);
const few = 1000;
const text = (bytes: Bytes): string => new TextDecoder().decode(bytes);
const must = (key: CryptoKey | null): CryptoKey => {
  if (!key) throw new Error('it did not open');
  return key;
};

describe('手机上的锁', () => {
  it('数字密码打得开，别的打不开；拿到的钥匙取不出来', async () => {
    const lock = await makeLock(owner, '246810', serverKey, few);
    expect(await openLock(lock, '246811')).toBeNull();
    const key = must(await openLock(lock, '246810'));
    expect(key.extractable).toBe(false);
    const sealed = await sealText(key, { words: '路面塌陷' });
    expect(text(sealed)).not.toContain('路面塌陷');
    expect(await unsealText(key, sealed)).toEqual({ words: '路面塌陷' });
  });

  it('忘了数字密码：重新登录后换一个，原来存的照样看得到，旧的不再能开', async () => {
    const lock = await makeLock(owner, '246810', serverKey, few);
    const kept = await seal(must(await openLock(lock, '246810')), new TextEncoder().encode('没发出的上报'));
    const fresh = await recover(lock, '135791', serverKey);
    expect(await openLock(fresh, '246810')).toBeNull();
    expect(text(await unseal(must(await openLock(fresh, '135791')), kept))).toBe('没发出的上报');
    await expect(recover(lock, '135791', new Uint8Array(32))).rejects.toThrow();
    expect(text(await unseal(await openWith(fresh.byServer, serverKey), kept))).toBe('没发出的上报');
  });

  it('存的东西被改过一个字节就不认', async () => {
    const key = must(await openLock(await makeLock(owner, '1', serverKey, few), '1'));
    const sealed = await sealText(key, 'x');
    sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1;
    await expect(unseal(key, sealed)).rejects.toThrow();
  });

  it('连错五次起要等，越错等得越久，最多一刻钟', async () => {
    const now = new Date('2026-11-22T00:00:00Z');
    let lock = await makeLock(owner, '1', serverKey, few);
    const waits: (string | null)[] = [];
    for (let i = 0; i < 12; i += 1) {
      lock = afterWrongPin(lock, now);
      waits.push(lock.notBefore);
    }
    expect(waits.slice(0, 4)).toEqual([null, null, null, null]);
    expect(waits[4]).toBe('2026-11-22T00:00:30.000Z');
    expect(waits[5]).toBe('2026-11-22T00:01:00.000Z');
    expect(waits.at(-1)).toBe('2026-11-22T00:15:00.000Z');
  });
});
