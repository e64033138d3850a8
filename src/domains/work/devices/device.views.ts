import type { z } from 'zod';
import { type Ctx, postsOf } from '../../../kernel/context.ts';
import { me } from '../../land/accounts/index.ts';
import { type deviceView, overseers, type refusedView } from './device.model.ts';
import { devicesFor, refusedFor } from './device.queries.ts';
import { openRefusal } from './push.commands.ts';

/** My devices and, for who looks after an area, those of it: which has not been heard of, which has something unsent. */
export async function deviceLines(ctx: Ctx): Promise<z.input<typeof deviceView>[]> {
  const { accountId } = me(ctx);
  return (await devicesFor(ctx, looksAfterOthers(ctx))).map(({ holder, ...row }) => ({
    ...row,
    name: holder,
    mine: row.accountId === accountId,
  }));
}

/** What could not be carried out, with what was to be done: nothing that somebody did out there is lost. */
export async function refusedLines(ctx: Ctx): Promise<z.input<typeof refusedView>[]> {
  const { accountId } = me(ctx);
  const rows = await refusedFor(ctx, looksAfterOthers(ctx));
  return Promise.all(
    rows.map(async (row) => {
      const kept = await openRefusal(ctx, row);
      const { commandId, deviceId, target, occurredAt, judgedAt, dismissedAt } = row;
      const code = row.code ?? '';
      return {
        ...{ commandId, deviceId, target, occurredAt, judgedAt, dismissedAt, code },
        ...{ name: row.holder, mine: row.accountId === accountId, command: row.name },
        title: kept?.title ?? { zh: code, en: code },
        detail: kept?.detail ?? { zh: '', en: '' },
        body: kept?.body ?? null,
      };
    }),
  );
}

const looksAfterOthers = ({ actor }: Ctx): boolean =>
  postsOf(actor).some(({ role }) => (overseers as readonly string[]).includes(role));
