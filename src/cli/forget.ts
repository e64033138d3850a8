import { forgetWriter } from '../domains/community/channel/index.ts';
import { forgetAgain } from '../domains/index.ts';
import { type ForgetReason, forgetReporter } from '../domains/work/casefiles/index.ts';
import type { Answer } from '../kernel/command.ts';
import { reconcileDestroyedKeys } from '../kernel/data_key.ts';
import { Problem } from '../kernel/problem.ts';
import { granteeOfCode, readTrackingCode } from '../kernel/tracking.ts';
import { byOperator, requireRealm } from './operator.ts';
import { cliProblems } from './problems.ts';
import { withRuntime } from './station.ts';
import type { Terminal } from './terminal.ts';

export interface ForgetOptions {
  readonly reason: ForgetReason;
  readonly realm?: string;
}

/** Somebody who reported asks to be forgotten and shows their tracking code. Cannot be undone, by a restore neither. */
export async function forget(
  terminal: Terminal,
  typed: string,
  { reason, realm: named }: ForgetOptions,
): Promise<void> {
  const code = readTrackingCode(typed);
  if (code === null) throw new Problem(cliProblems['cli.code_invalid']);
  await withRuntime(terminal, async (runtime, { config, keys }) => {
    const realm = await requireRealm(runtime, named ?? String(config.realm));
    const grantee = granteeOfCode(keys, code);
    // A code may be that of a message nobody has made a report of.
    const done = await byOperator<Answer>(
      runtime,
      realm,
      'casefile.forget_reporter',
      async (ctx) => (await forgetWriter(ctx, grantee, reason)) ?? forgetReporter(ctx, grantee, reason),
    );
    await reconcileDestroyedKeys(runtime, realm, forgetAgain);
    terminal.say({
      zh: '报事人的姓名、电话、原话和照片已经删除，恢复备份也不会再出现。案卷和时限保留。',
      en: 'Name, phone, words and photos of the reporter are erased, for restored backups too. The case and its clocks stay.',
    });
    terminal.result({ ...done });
  });
}
