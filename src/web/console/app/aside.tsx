import { Button, Popconfirm } from 'antd';
import { lazy, type ReactNode, Suspense } from 'react';
import { Link } from 'wouter';
import { statuses } from '../../../domains/work/casefiles/casefile.model.ts';
import { summonsWords } from '../case.words.ts';
import { ClockWithReason } from './clock.tsx';
import { useCommand } from './command_form.tsx';
import { FaultBox } from './fault.tsx';
import { useFrame } from './frame.tsx';
import { type Alike, type Case, useAlike, useMapCases } from './questions.ts';
import { Suggestions } from './suggestions.tsx';
import { Wishes } from './wishes.tsx';

/** Beside the story: who owes what until when, who should get it and why, what may be the same, who was called. */
export function Aside({ file }: { file: Case }) {
  return (
    <aside className="beside">
      <Clocks file={file} />
      <Wishes file={file} />
      <Suggestion file={file} />
      <Suggestions file={file} />
      <AlikeList file={file} />
      <Joint file={file} />
      <Place file={file} />
    </aside>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Clocks({ file }: { file: Case }) {
  const { t, say } = useFrame();
  const open = file.duties.filter((duty) => duty.endedAt === null);
  return (
    <Part title={t('谁该办、到什么时候', 'Who owes what, until when')}>
      {open.length === 0 && <p className="soft">{t('没有未办完的。', 'None is open.')}</p>}
      {open.map((duty) => (
        <div key={duty.id} className="owes">
          <span>
            <strong>{say(duty.dutyWords)}</strong>
            <br />
            <span className="soft small">{[duty.owedByName, duty.assigneeName].filter(Boolean).join(' · ')}</span>
          </span>
          <ClockWithReason duty={duty} />
        </div>
      ))}
    </Part>
  );
}

function Suggestion({ file: { suggestion } }: { file: Case }) {
  const { t, say } = useFrame();
  if (!suggestion) return null;
  return (
    <Part title={t('该派给谁', 'Who should get it')}>
      <p>
        <strong>{suggestion.bodyName ?? t('由乡镇（街道）先接', 'the township takes it first')}</strong>{' '}
        {suggestion.confirm && <span className="near">{t('请确认位置', 'confirm the place')}</span>}
      </p>
      <ul>
        {suggestion.because.map((why) => (
          <li key={why.zh}>{say(why)}</li>
        ))}
      </ul>
    </Part>
  );
}

function AlikeList({ file }: { file: Case }) {
  const { t } = useFrame();
  const mayMerge = file.can.some(({ command, allowed }) => command === 'merge' && allowed);
  const { data: alike = [] } = useAlike(file.id, mayMerge);
  if (alike.length === 0) return null;
  return (
    <Part title={t('可能是同一件事', 'Perhaps the same matter')}>
      {alike.map((one) => (
        <AlikeCard key={one.id} file={file} alike={one} />
      ))}
    </Part>
  );
}

function AlikeCard({ file, alike: { line, reasons } }: { file: Case; alike: Alike }) {
  const { t, say, when } = useFrame();
  const merge = useCommand(file.id, 'merge');
  return (
    <div className="alike">
      <Link href={`/cases/${line.id}`}>{say(line.title)}</Link>
      <p className="soft small">
        <span className="code">{line.number}</span> · {say(statuses[line.status])} ·{' '}
        <span className="number">{when(line.reportedAt)}</span>
      </p>
      <p className="small">{reasons.map(say).join(t('，', ', '))}</p>
      <Popconfirm
        title={t(`并入 ${line.number}？`, `Merge into ${line.number}?`)}
        description={t(
          '本案的办理停止，报事人照样收到进展；可以撤销。',
          'Work on this one stops, its reporters still hear; it can be undone.',
        )}
        okText={t('并案', 'Merge')}
        cancelText={t('不并', 'No')}
        onConfirm={() => merge.mutate({ intoId: line.id })}
      >
        <Button size="small" loading={merge.isPending}>
          {t('并入这一件', 'Merge into this one')}
        </Button>
      </Popconfirm>
      <FaultBox error={merge.error} />
    </div>
  );
}

function Joint({ file: { summons } }: { file: Case }) {
  const { t, say, when } = useFrame();
  if (summons.length === 0) return null;
  return (
    <Part title={t(`联合处置 ${summons.length} 家`, `Joint handling, ${summons.length} bodies`)}>
      {summons.map(({ bodyId, bodyName, status, isLead, calledAt, answeredAt }) => (
        <div key={`${bodyId} ${calledAt}`} className="owes">
          <span>
            <strong>{bodyName}</strong> {isLead && <span className="soft">{t('牵头', 'lead')}</span>}
          </span>
          <span>
            {say(summonsWords[status] ?? { zh: status, en: status })}{' '}
            <small className="soft number">{when(answeredAt ?? calledAt)}</small>
          </span>
        </div>
      ))}
    </Part>
  );
}

// What draws it comes when a case is looked at, after the case itself.
const CaseMap = lazy(async () => ({ default: (await import('./map/small.tsx')).CaseMap }));

function Place({ file: { id, areaId, path, point } }: { file: Case }) {
  const { t } = useFrame();
  const { data: [onMap] = [] } = useMapCases([id]);
  return (
    <Part title={t('位置', 'Place')}>
      <p>{path.join(' / ')}</p>
      {onMap && (
        <Suspense fallback={<div className="smallmap" />}>
          <CaseMap areaId={areaId} file={onMap} />
        </Suspense>
      )}
      {point ? (
        <p className="soft small">
          <span className="code">
            {point.lon.toFixed(6)}, {point.lat.toFixed(6)}
          </span>
          {point.accuracyM !== null &&
            t(`，误差约 ${Math.round(point.accuracyM)} 米`, `, within about ${Math.round(point.accuracyM)} m`)}
          {point.borderM !== null &&
            t(`，离网格边界 ${Math.round(point.borderM)} 米`, `, ${Math.round(point.borderM)} m from the border`)}
        </p>
      ) : (
        <p className="soft small">{t('没有坐标，只选了区域。', 'No coordinates; only the area was chosen.')}</p>
      )}
    </Part>
  );
}
