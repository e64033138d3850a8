import { type SubmitEvent, useState } from 'react';
import { get, post } from '../../api/call.ts';
import type { Bytes } from '../store/lock.ts';
import { useFrame } from './frame.tsx';
import { FaultNote, Note } from './note.tsx';

/** Who signed in just now, and the key that opens their phone if they forget its PIN. */
export interface SignedIn {
  readonly accountId: string;
  readonly personId: string;
  readonly name: string;
  readonly serverKey: Bytes;
}

interface SignInProps {
  readonly why: 'first' | 'forgotten' | 'again';
  readonly onSignedIn: (who: SignedIn) => void;
  readonly onBack: (() => void) | null;
}

/** Needs a network, once: then the PIN is enough. */
export function SignIn({ why, onSignedIn, onBack }: SignInProps) {
  const { t, county } = useFrame();
  const [typed, setTyped] = useState({ login: '', password: '', code: '' });
  const [fault, setFault] = useState<unknown>(null);
  const [mustChange, setMustChange] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const put = (name: keyof typeof typed) => ({
    id: name,
    value: typed[name],
    onChange: ({ target }: { target: { value: string } }) => setTyped({ ...typed, [name]: target.value }),
  });
  const give = (submit: SubmitEvent): void => {
    submit.preventDefault();
    setBusy(true);
    setFault(null);
    enter(typed)
      .then((who) => (who ? onSignedIn(who) : setMustChange(true)))
      .catch(setFault)
      .finally(() => setBusy(false));
  };
  return (
    <main className="door">
      <p className="soft">{county}</p>
      <h1>{t('外勤登录', 'Sign in to the field app')}</h1>
      {why === 'forgotten' && (
        <p>
          {t(
            '登录后重设数字密码；存在手机里没发出的都还在。',
            'Sign in to set a new PIN. What was not sent yet is still on the phone.',
          )}
        </p>
      )}
      {mustChange && (
        <Note tone="near" title={t('请先修改初始密码', 'Change your first password first')}>
          <p>
            <a href="/console/account">{t('去修改，再回到这里登录', 'Change it, then sign in here')}</a>
          </p>
        </Note>
      )}
      <form onSubmit={give}>
        <label htmlFor="login">{t('账号', 'Account')}</label>
        <input {...put('login')} required autoComplete="username" autoCapitalize="none" />
        <label htmlFor="password">{t('密码', 'Password')}</label>
        <input {...put('password')} type="password" required autoComplete="current-password" />
        <label htmlFor="code">
          {t('验证器数字', 'Authenticator code')} <span className="soft">{t('没有设置就不填', 'only if set up')}</span>
        </label>
        <input {...put('code')} inputMode="numeric" autoComplete="one-time-code" maxLength={6} />
        <FaultNote error={fault} />
        <button type="submit" className="primary" disabled={isBusy}>
          {isBusy ? t('正在登录……', 'Signing in …') : t('登录', 'Sign in')}
        </button>
      </form>
      <p>
        <a href="/activate">{t('手里有启用单，第一次用', 'I have an activation slip')}</a>
      </p>
      {onBack && (
        <button type="button" className="plain" onClick={onBack}>
          {t('返回', 'Back')}
        </button>
      )}
    </main>
  );
}

/** Null: the first password has to be changed before anything else. */
async function enter({
  login,
  password,
  code,
}: Record<'login' | 'password' | 'code', string>): Promise<SignedIn | null> {
  const form = { login, password, stay: true, onPhone: true, ...(code !== '' && { code }) };
  const { mustChangePassword } = await post<{ mustChangePassword: boolean }>('/api/session', form);
  if (mustChangePassword) return null;
  const [me, { key }] = await Promise.all([
    get<Pick<SignedIn, 'accountId' | 'personId' | 'name'>>('/api/me'),
    get<{ key: string }>('/api/me/phone-key'),
  ]);
  const { accountId, personId, name } = me;
  return { accountId, personId, name, serverKey: Uint8Array.from(atob(key), (letter) => letter.charCodeAt(0)) };
}
