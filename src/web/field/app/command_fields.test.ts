import { describe, expect, it } from 'vitest';
import { forms } from '../../../domains/work/casefiles/casefile.model.ts';
import { asksNothing, fieldsOf, fitsPhone } from './command_fields.ts';

describe('哪些步骤能在手机上办', () => {
  it('只要写字、选一项的都能办；要从全县名单里选的到网页上办', () => {
    const fits = Object.keys(forms).filter(fitsPhone);
    for (const command of [
      'acknowledge',
      'feed_back',
      'measure',
      'verify',
      'rework',
      'answer_check',
      'send_back',
      'say',
    ])
      expect(fits, command).toContain(command);
    for (const command of ['dispatch', 'assign', 'register', 'merge', 'summon', 'relocate', 'admit'])
      expect(fits, command).not.toContain(command);
  });

  it('报事人的姓名电话不留在手机里；表外的步骤没有', () => {
    expect(fitsPhone('read_contact')).toBe(false);
    expect(fieldsOf('no_such_command')).toBeNull();
  });

  it('表单照服务器核对的那一份画：必填、选项都一样', () => {
    expect(fieldsOf('send_back')).toEqual([
      expect.objectContaining({ name: 'reason', kind: 'choice', optional: false }),
      { name: 'words', kind: 'text', options: [], optional: false },
    ]);
    expect(fieldsOf('send_back')?.[0]?.options).toContain('not_ours');
    expect(fieldsOf('verify')).toEqual([{ name: 'words', kind: 'text', options: [], optional: true }]);
  });

  it('什么都不用填的一按就办，要照片的不算', () => {
    expect(asksNothing('acknowledge')).toBe(true);
    expect(asksNothing('feed_back')).toBe(false);
    expect(asksNothing('dispatch')).toBe(false);
  });
});
