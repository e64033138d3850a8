import { Button, Checkbox, Input, Select, Skeleton } from 'antd';
import { useState } from 'react';
import type { Words } from '../../../kernel/words.ts';
import { NotSent, Refused } from '../../api/call.ts';
import { flagWords } from '../case.words.ts';
import { ClockWords } from './clock.tsx';
import { FaultBox } from './fault.tsx';
import { useFrame } from './frame.tsx';
import './gallery.css';
import { Legend } from './map/legend.tsx';
import './map/map.css';
import { Next } from './next.tsx';
import { Note } from './note.tsx';
import type { Case } from './questions.ts';
import { Story } from './story.tsx';
import { Tags } from './tags.tsx';

/** What the desk is made of, in the states that are seldom seen together. Nothing here is anybody's, and no button acts. */
export function Gallery() {
  const { t } = useFrame();
  return (
    <main className="case gallery">
      <h1>{t('样板间：工作台', 'Gallery: the console')}</h1>
      <p>
        <a href="/_gallery">{t('公开页面', 'public pages')}</a> · <a href="/_gallery/field">{t('外勤', 'field')}</a>
      </p>
      <Said />
      <Clocks />
      <Acts />
      <Fields />
      <Steps />
      <section>
        <h2>{t('地图图例', 'Legend')}</h2>
        <Legend />
      </section>
    </main>
  );
}

const longName = '城东街道二运社区居民委员会第十七专属网格（二运巷农贸市场及周边沿街商铺）';

function Said() {
  const { t } = useFrame();
  const refused = new Refused(422, {
    title: t('有几处填写不对', 'Some fields are wrong'),
    detail: t('请改正标出的地方再提交；其余内容都还在。', 'Correct what is marked and send again; the rest is kept.'),
    errors: [{ path: 'words', says: t('没有填写', 'is empty') }],
    code: 'input.invalid',
  });
  return (
    <section>
      <h2>{t('说明和出错', 'Said and refused')}</h2>
      <Note tone="settled" title={t('已办：派遣', 'Done: dispatched')} />
      <Note tone="plain" title={t('今晚有雨，低洼处的案卷请先办', 'Rain tonight: low places first')}>
        <p>{longName}</p>
      </Note>
      <FaultBox error={refused} />
      <FaultBox error={new NotSent('/')} />
      <FaultBox error={new Error()} />
      <p className="soft nothing">{t('没有等您办的事。新的会自己出现在这里。', 'Nothing waits for you.')}</p>
      <Skeleton active paragraph={{ rows: 2 }} title={false} />
    </section>
  );
}

type Clock = Parameters<typeof ClockWords>[0]['clock'];
const HOUR = 3_600_000;

function Clocks() {
  const { t, instant } = useFrame();
  const dueIn = (hours: number): string => new Date(instant.getTime() + hours * HOUR).toISOString();
  const base = { state: 'running', dueAt: null, near: false, late: false, provisional: false };
  const clocks = [
    [t('超期', 'late'), { ...base, dueAt: dueIn(-50), late: true }],
    [t('临期', 'near'), { ...base, dueAt: dueIn(1.5), near: true }],
    [t('还早', 'in time'), { ...base, dueAt: dueIn(30) }],
    [t('暂停', 'paused'), { ...base, state: 'paused' }],
    [t('挂账', 'suspended'), { ...base, state: 'suspended' }],
    [t('没有时限', 'no limit'), base],
  ] as const;
  return (
    <section>
      <h2>{t('时限和标记', 'Clocks and marks')}</h2>
      <dl>
        {clocks.map(([name, clock]) => (
          <div key={name}>
            <dt className="soft">{name}</dt>
            <dd>
              <ClockWords clock={clock as Clock} />
            </dd>
          </div>
        ))}
      </dl>
      <p>
        <Tags flags={Object.keys(flagWords)} />
      </p>
      <p className="soft">
        {longName} · <span className="code">439901001017</span>
      </p>
    </section>
  );
}

const named = (zh: string, en: string): Words => ({ zh, en });

/** A case as far as its next steps and its story look at it. */
const someCase = {
  ...{ id: '', changedAt: '', duties: [] },
  can: [
    { command: 'gallery_a', words: named('签收', 'acknowledge'), allowed: true, reason: null, lacking: false },
    { command: 'gallery_b', words: named('退回', 'send back'), allowed: true, reason: null, lacking: false },
    {
      ...{ command: 'gallery_c', words: named('结案', 'close'), allowed: false, lacking: false },
      reason: named('还缺核查', 'the check is missing'),
    },
  ],
  steps: { said: named('上报', 'reported'), sent: named('派遣', 'dispatched') },
  story: [
    {
      at: '2026-11-19T08:40:00.000Z',
      kind: 'said',
      by: named('居民', 'a resident'),
      words: '巷口路面塌了一块',
      body: {},
    },
    {
      at: '2026-11-19T09:05:00.000Z',
      kind: 'sent',
      by: named(`派遣岗 陈敏（${longName}）`, 'Chen Min'),
      words: null,
      body: {},
    },
    {
      at: '2026-11-19T09:30:00.000Z',
      kind: 'said',
      by: named('居民', 'a resident'),
      words: null,
      body: {},
      forgotten: true,
    },
  ],
} as unknown as Case;

function Steps() {
  const { t } = useFrame();
  return (
    <>
      {/* Looked at, not pressed: what has no form of its own opens none. */}
      <div inert>
        <Next file={someCase} />
      </div>
      <Story file={someCase} />
      <p className="soft small">{t('以上两样是案卷页上的原件。', 'These two are the ones of a case’s page.')}</p>
    </>
  );
}

function Acts() {
  const { t } = useFrame();
  return (
    <section>
      <h2>{t('按钮', 'Acts')}</h2>
      <div className="acts">
        <Button type="primary">{t('派遣', 'Dispatch')}</Button>
        <Button>{t('退回', 'Send back')}</Button>
        <Button danger>{t('撤销', 'Withdraw')}</Button>
        <Button loading>{t('正在办', 'Working')}</Button>
      </div>
      <p className="barred">
        <Button disabled>{t('结案', 'Close')}</Button>{' '}
        <span className="soft">{t('还缺核查', 'the check is missing')}</span>
      </p>
    </section>
  );
}

function Fields() {
  const { t } = useFrame();
  const [words, setWords] = useState(longName);
  return (
    <section>
      <h2>{t('填写', 'Fields')}</h2>
      <form className="command">
        <label htmlFor="g-words">{t('说明', 'Words')}</label>
        <Input.TextArea id="g-words" rows={2} value={words} onChange={({ target }) => setWords(target.value)} />
        <label htmlFor="g-empty">{t('联系电话（可以不填）', 'Phone (optional)')}</label>
        <Input id="g-empty" />
        <label htmlFor="g-wrong">{t('网格代码', 'Code of the grid')}</label>
        <Input id="g-wrong" status="error" defaultValue="43990100101" aria-describedby="g-why" />
        <p id="g-why" className="late">
          {t('要 12 位数字', 'takes 12 digits')}
        </p>
        <Select
          aria-label={t('主办单位', 'Body')}
          defaultValue="a"
          options={[{ value: 'a', label: `${longName} 439901001017` }]}
        />
        <p>
          <Checkbox defaultChecked>{t('紧急', 'urgent')}</Checkbox>{' '}
          <Checkbox disabled>{t('督办', 'supervised')}</Checkbox>
        </p>
      </form>
    </section>
  );
}
