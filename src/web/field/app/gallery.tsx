import '../../api/older.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { NotSent, Refused } from '../../api/call.ts';
import type { OpState, SyncStatus } from '../engine/contract.ts';
import { StoreFull } from '../engine/ports.ts';
import './sheets.ts';
import { FrameProvider, readFrame, useFrame } from './frame.tsx';
import { FaultNote, KeepFault, Note } from './note.tsx';
import { micFaults } from './recorder.ts';
import { SendingState } from './sending.tsx';
import { Strip } from './strip.tsx';

/** What the field app is made of, in the states that are seldom seen together. Nothing here is anybody's, and nothing acts. */
const root = document.getElementById('field');
if (root)
  createRoot(root).render(
    <StrictMode>
      <FrameProvider frame={readFrame()}>
        <Gallery />
      </FrameProvider>
    </StrictMode>,
  );

function Gallery() {
  const { t } = useFrame();
  return (
    <main>
      <h1>{t('样板间：外勤', 'Gallery: the field app')}</h1>
      <p>
        <a href="/_gallery">{t('公开页面', 'public pages')}</a> · <a href="/_gallery/desk">{t('工作台', 'console')}</a>
      </p>
      <Strips />
      <States />
      <Notes />
      <Acts />
      <Lines />
    </main>
  );
}

function Strips() {
  const { t } = useFrame();
  const calm: SyncStatus = {
    ...{ online: true, syncing: false, waiting: 0, refused: 0, filesWaiting: 0, voicesWaiting: 0 },
    ...{ lastSyncAt: '2026-11-19T08:40:00.000Z', skewMs: 0, nextTryMs: 60_000, trouble: null },
  };
  const full = { code: 'device.full', title: t('手机空间不足', 'The phone is full'), detail: '' };
  const states: readonly SyncStatus[] = [
    calm,
    { ...calm, syncing: true },
    { ...calm, waiting: 1, filesWaiting: 3, voicesWaiting: 1 },
    { ...calm, online: false, waiting: 7, lastSyncAt: null },
    { ...calm, refused: 2 },
    { ...calm, trouble: full },
  ];
  return (
    <section>
      <h2>{t('网络的实话', 'The truth about the network')}</h2>
      {states.map((status, i) => (
        <Strip key={String(i)} status={status} onSync={() => undefined} />
      ))}
    </section>
  );
}

function States() {
  const { t } = useFrame();
  const item = (state: OpState, filesWaiting = 0, isRefused = false) => ({
    ...{ state, filesWaiting, op: { ...blankOp } },
    filesRefused: isRefused ? [{ sha256: 'h', isVoice: false, code: 'c', title: '', detail: '' }] : [],
  });
  const applied = { is: 'applied', answer: {} } as const;
  const all = [
    item({ is: 'waiting' }),
    item({ is: 'sending' }),
    item(applied, 2),
    item(applied),
    item(applied, 0, true),
    item({ is: 'refused', code: 'c', title: '', detail: '' }),
  ];
  return (
    <section>
      <h2>{t('每一条到哪了', 'Where each item is')}</h2>
      <p className="row">
        {all.map((one, i) => (
          <SendingState key={String(i)} item={one} />
        ))}
      </p>
    </section>
  );
}

const blankOp = {
  ...{ commandId: '', seq: null, name: 'casefile.report', params: {}, body: {}, occurredAt: '', target: '' },
  ...{ urgent: false, files: [] },
};

function Notes() {
  const { t } = useFrame();
  const refused = new Refused(422, {
    title: t('有几处填写不对', 'Some fields are wrong'),
    detail: t('请改正标出的地方再交。', 'Correct what is marked.'),
    errors: [{ path: 'words', says: t('没有填写', 'is empty') }],
    code: 'input.invalid',
  });
  return (
    <section>
      <h2>{t('说明和出错', 'Said and refused')}</h2>
      <Note tone="settled" title={t('已存在手机里', 'Kept on the phone')}>
        <p>{t('联网后自动发出，不会重复。', 'It is sent by itself when there is a network, once.')}</p>
      </Note>
      <Note tone="near" title={t('交接中', 'Handing over')} />
      <Note tone="plain" title={t('有新版本', 'There is a new release')} />
      <FaultNote error={refused} />
      <FaultNote error={new NotSent('/')} />
      <KeepFault error={new StoreFull()} />
      {Object.values(micFaults).map(({ zh, en }) => (
        <Note key={en} tone="near" title={t(zh, en)} />
      ))}
    </section>
  );
}

function Acts() {
  const { t } = useFrame();
  return (
    <section>
      <h2>{t('按钮和填写', 'Acts and fields')}</h2>
      <button type="button" className="button camera primary">
        {t('拍照', 'Take a photo')}
      </button>
      <button type="button" className="wide">
        {t('不方便打字？按一下，说一段', 'Rather say it? Press and speak')}
      </button>
      <div className="row">
        <button type="button">{t('签收', 'Acknowledge')}</button>
        <button type="button" className="danger">
          {t('撤回', 'Take back')}
        </button>
        <button type="button" disabled>
          {t('反馈', 'Report back')}
        </button>
      </div>
      <p className="soft">{t('还缺处置后的照片', 'a photo of the result is missing')}</p>
      <label htmlFor="g-words">{t('什么事，一句话', 'What is it, in one line')}</label>
      <textarea id="g-words" rows={2} defaultValue={longName} />
      <label className="pick">
        <input type="checkbox" defaultChecked /> {t('紧急，有人可能受伤', 'Urgent: somebody may be hurt')}
      </label>
      <button type="button" className="primary" disabled>
        {t('正在存……', 'Keeping …')}
      </button>
    </section>
  );
}

const longName = '城东街道二运社区居民委员会第十七专属网格（二运巷农贸市场及周边沿街商铺）';

function Lines() {
  const { t } = useFrame();
  return (
    <section>
      <h2>{t('名字、代码和空的列表', 'Names, codes, an empty list')}</h2>
      <p>{longName}</p>
      <p className="soft">
        <span className="code">439901001017</span> · <span className="tag late">{t('紧急', 'urgent')}</span>{' '}
        <span className="tag near">{t('交接中', 'handing over')}</span>
      </p>
      <p className="soft">{t('现在没有要您办的。看到问题，按下面的“上报”。', 'Nothing waits for you.')}</p>
    </section>
  );
}
