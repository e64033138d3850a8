import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

/** scrypt at the strength OWASP names (N = 2^17, r = 8, p = 1): about 130 MB and a third of a second a try. */
const stretch = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(scrypt);
const options = (logN: number) => ({ N: 2 ** logN, r: 8, p: 1, maxmem: 256 * 1024 * 1024 });
const LENGTH = 32;

/** Full-width and half-width letters are the same to whoever types them. */
export const asTyped = (password: string): string => password.normalize('NFKC');

export async function hashPassword(password: string, logN = 17): Promise<string> {
  const salt = randomBytes(16);
  const hash = await stretch(asTyped(password), salt, LENGTH, options(logN));
  return `scrypt$${logN}$${salt.toString('base64url')}$${hash.toString('base64url')}`;
}

/** Of an account that waits for its slip: written like a hash, and no password leads to it. */
export const NO_PASSWORD = `scrypt$17$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** Takes as long for an account that does not exist: `stored` is then a hash that nothing matches. */
export async function matchesPassword(password: string, stored: string | null): Promise<boolean> {
  const [, logN = '17', salt = '', hash = ''] = (stored ?? NO_PASSWORD).split('$');
  const made = await stretch(asTyped(password), Buffer.from(salt, 'base64url'), LENGTH, options(Number(logN)));
  const kept = Buffer.from(hash, 'base64url');
  return stored !== null && kept.length === made.length && timingSafeEqual(kept, made);
}
