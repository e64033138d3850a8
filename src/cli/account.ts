import {
  addAccount,
  addApiKey,
  hashPassword,
  login as loginSchema,
  resetPassword,
} from '../domains/land/accounts/index.ts';
import { atlasOf } from '../domains/land/areas/index.ts';
import { addPerson, addPost, appoint, directoryOf } from '../domains/land/staff/index.ts';
import type { Ctx } from '../kernel/context.ts';
import { Problem } from '../kernel/problem.ts';
import type { Runtime } from '../kernel/runtime.ts';
import { byOperator, requireRealm } from './operator.ts';
import { cliProblems } from './problems.ts';
import { withRuntime } from './station.ts';
import type { Terminal } from './terminal.ts';

export interface AccountOptions {
  readonly name?: string;
  readonly admin?: boolean;
  readonly realm?: string;
}

/** A person, an account with a first password that must be changed, and for --admin the seat of the administrator. */
export async function createAccount(terminal: Terminal, typed: string, options: AccountOptions): Promise<void> {
  const login = readLogin(typed);
  await withRuntime(terminal, async (runtime, { config }) => {
    const realm = await requireRealm(runtime, options.realm ?? String(config.realm));
    const password = firstPassword(runtime);
    const passwordHash = await hashPassword(password);
    const done = await byOperator(runtime, realm, 'account.create', async (ctx) => {
      const { personId } = await addPerson(ctx, { id: ctx.ids.newId(), name: options.name ?? login, phone: null });
      const account = await addAccount(ctx, {
        id: ctx.ids.newId(),
        login,
        personId,
        passwordHash,
        mustChangePassword: true,
        isDemo: false,
      });
      if (options.admin) await seatAdministrator(ctx, personId);
      return { ...account, personId };
    });
    terminal.say({
      zh: `账号 ${login} 已建立。初始密码（只显示这一次，首次登录要改）：`,
      en: `Account ${login} is made. First password (shown once, to be changed at the first sign-in):`,
    });
    terminal.line(password);
    terminal.result({ ...done, login, password });
  });
}

async function seatAdministrator(ctx: Ctx, personId: string): Promise<void> {
  const [atlas, directory] = await Promise.all([atlasOf(ctx), directoryOf(ctx)]);
  const areaId = atlas.root?.id ?? '';
  const seat =
    directory.at(areaId, 'admin')[0]?.id ??
    (await addPost(ctx, { id: ctx.ids.newId(), role: 'admin', areaId, bodyId: null })).postId;
  await appoint(ctx, { id: ctx.ids.newId(), postId: seat, personId });
}

/** Somebody forgot their password or lost their second factor: a new first password, all sessions ended. */
export async function resetAccount(terminal: Terminal, typed: string, options: { realm?: string }): Promise<void> {
  const login = readLogin(typed);
  await withRuntime(terminal, async (runtime, { config }) => {
    const realm = await requireRealm(runtime, options.realm ?? String(config.realm));
    const password = firstPassword(runtime);
    const passwordHash = await hashPassword(password);
    const done = await byOperator(runtime, realm, 'account.reset', (ctx) => resetPassword(ctx, login, passwordHash));
    terminal.say({
      zh: `账号 ${login} 的新初始密码（只显示这一次）：`,
      en: `New first password of ${login} (shown once):`,
    });
    terminal.line(password);
    terminal.result({ ...done, login, password });
  });
}

/** A key for a program. It stands alone on the last line and is not kept: a lost one is replaced, not read again. */
export async function createApiKey(
  terminal: Terminal,
  options: { scope: string[]; name?: string; realm?: string },
): Promise<void> {
  await withRuntime(terminal, async (runtime, { config }) => {
    const realm = await requireRealm(runtime, options.realm ?? String(config.realm));
    const made = { key: '' };
    const done = await byOperator(runtime, realm, 'apikey.create', async (ctx) => {
      const { keyId, key } = await addApiKey(ctx, options.name ?? options.scope.join(' '), options.scope);
      made.key = key;
      return { keyId };
    });
    terminal.say({ zh: '接口密钥（只显示这一次）：', en: 'API key (shown once):' });
    if (terminal.json) terminal.result({ ...done, key: made.key });
    else terminal.line(made.key);
  });
}

function readLogin(typed: string): string {
  const parsed = loginSchema.safeParse(typed);
  if (!parsed.success) throw new Problem(cliProblems['cli.login_invalid'], { login: typed });
  return parsed.data;
}

/** Sixteen characters that are hard to confuse, about 80 bits. */
function firstPassword(runtime: Runtime): string {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
  const characters = [...runtime.ids.bytes(16)].map((byte) => alphabet.charAt(byte % alphabet.length));
  return characters.join('').replace(/(.{4})(?=.)/g, '$1-');
}
