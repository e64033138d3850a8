import { deflateSync } from 'node:zlib';
import { me, openSession } from '../../domains/land/accounts/index.ts';
import { execute } from '../../kernel/command.ts';
import type { Entrance } from '../../kernel/entrance.ts';
import type { Id } from '../../kernel/id.ts';
import { Problem } from '../../kernel/problem.ts';
import type { Runtime } from '../../kernel/runtime.ts';
import { openrosaProblems } from './openrosa.model.ts';

/** What a phone needs: the address with the key in it, and the same as ODK Collect reads it from a picture. */
interface CollectKey {
  readonly keyId: Id;
  readonly address: string;
  readonly settings: string;
}

/**
 * A key for one's own phone: a session that ends like any other, by itself in time or by hand, and opens nothing but these
 * endpoints. Only its hash is kept; it is shown once. Refused by `openrosa.key_shown` when asked for again.
 */
export async function makeKey(
  runtime: Runtime,
  entrance: Entrance,
  commandId: Id,
  publicUrl: string,
): Promise<CollectKey> {
  const made = { token: '' };
  const command = { id: commandId, name: 'collect_key.make', input: {} };
  const { answer } = await execute(runtime, entrance, command, {
    work: async (ctx) => {
      const { accountId, personId } = me(ctx);
      const opened = await openSession(ctx, accountId, { device: 'ODK Collect', stay: true, personId, mark: 'odk' });
      made.token = opened.token;
      return { keyId: opened.sessionId };
    },
  });
  if (made.token === '') throw new Problem(openrosaProblems['openrosa.key_shown']);
  const address = addressFor(publicUrl, made.token);
  return { keyId: answer.keyId, address, settings: settingsFor(address) };
}

export const addressFor = (publicUrl: string, token: string): string => `${publicUrl}/openrosa/key/${token}`;

/** As Collect exports its own: JSON, deflated, in base 64. */
function settingsFor(address: string): string {
  const settings = {
    general: { server_url: address, form_update_mode: 'match_exactly', autosend: 'wifi_and_cellular' },
    admin: {},
    project: { name: '经纬', icon: '经' },
  };
  return deflateSync(JSON.stringify(settings)).toString('base64');
}
