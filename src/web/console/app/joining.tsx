import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { useCommand } from './command_form.tsx';
import { FaultBox } from './fault.tsx';
import { useFrame } from './frame.tsx';
import type { Joined } from './intake_hints.tsx';

/** What was just written down goes into the earlier case; should that be refused meanwhile, it stands by itself. */
export function Joining({ caseId, into }: { caseId: string; into: Joined }) {
  const { t } = useFrame();
  const merge = useCommand(caseId, 'merge');
  const hasBegun = useRef(false);
  const { mutate } = merge;
  useEffect(() => {
    if (hasBegun.current) return;
    hasBegun.current = true;
    mutate({ intoId: into.id });
  }, [mutate, into.id]);
  if (merge.isSuccess)
    return (
      <p className="settled">
        {t('已并入 ', 'Merged into ')}
        <Link href={`/cases/${into.id}`}>{into.number}</Link>
      </p>
    );
  if (!merge.error) return <p className="soft">{t(`正在并入 ${into.number}……`, `Merging into ${into.number}…`)}</p>;
  return (
    <>
      <p>{t('已登记，但没有并进去，它先单独办：', 'It is written down, but was not merged and goes on by itself:')}</p>
      <FaultBox error={merge.error} />
      <Button size="small" onClick={() => merge.mutate({ intoId: into.id })}>
        {t('再并一次', 'Merge again')}
      </Button>
    </>
  );
}
