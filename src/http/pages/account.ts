import type { FastifyReply, FastifyRequest } from 'fastify';
import { accountPage } from '../../web/console/account.pages.ts';
import { languageOf, readForm, sendPage } from '../app.ts';
import { faultOfProblem, statusOf } from './call.ts';
import type { PageRoom } from './portal.ts';
import type { Framed, Refused } from './viewer.ts';

/** The page of one's own account: the password, and where one is signed in. */
export async function showAccount(
  room: PageRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  { call, frame }: Framed,
  refused: Refused | null = null,
) {
  const me = await room.call<{ mustChangePassword: boolean }>('me.read', call);
  const sessions = me.mustChangePassword
    ? []
    : await room.call<{ id: string; device: string; seenAt: Date; isThisOne: boolean }[]>('session.list', call);
  const { done } = request.query as { done?: string };
  const shown = await frame();
  const said =
    done === undefined
      ? null
      : shown.language === 'zh'
        ? '密码已修改，其他地方的登录已退出。'
        : 'The password is changed; other sessions were ended.';
  const page = accountPage(shown, sessions, me.mustChangePassword, refused?.fault ?? null, said);
  return sendPage(reply, refused?.status ?? 200, page);
}

export async function takePassword(room: PageRoom, request: FastifyRequest, reply: FastifyReply, framed: Framed) {
  const { fields } = await readForm(request);
  try {
    await room.call('account.change_password', framed.call, { body: { old: fields.old, fresh: fields.fresh } });
    return reply.redirect('/console/account?done=1', 303);
  } catch (error) {
    const fault = faultOfProblem(error, languageOf(request), request);
    return showAccount(room, request, reply, framed, { fault, status: statusOf(error) });
  }
}
