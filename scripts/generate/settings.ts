import { describeSettings } from '../../src/kernel/config.ts';
import { pageOf, tableOf } from './markdown.ts';

/** All settings are environment variables, read in one place. */
export function settingPage(): string {
  const rows = describeSettings().map(({ name, fallback, says }) => [`\`${name}\``, fallback, says]);
  return pageOf(
    '# 设置 · Settings',
    [
      '都是环境变量,都有默认值:什么也不设,`npm start` 就能用。设错了会一次列出全部错误,程序不启动。',
      'Environment variables, each with a default: `npm start` works with none of them. Where some are wrong, all faults are named at once and nothing is started.',
    ].join('\n'),
    tableOf(['变量 · variable', '默认 · default', 'what it does'], rows),
  );
}
