import { Link } from 'wouter';
import type { OutboxItem } from '../engine/contract.ts';
import { isRefused } from '../engine/outbox.ts';
import { useFrame } from './frame.tsx';

/** Shape, word and colour: waiting, on its way, there, refused. */
export function SendingState({ item: { state, filesWaiting, filesRefused } }: { item: OutboxItem }) {
  const { t } = useFrame();
  if (state.is === 'waiting') return <span className="near">○ {t('待发', 'waiting')}</span>;
  if (state.is === 'sending') return <span className="near">◐ {t('发送中', 'sending')}</span>;
  if (state.is === 'refused') return <span className="late">✕ {t('被退回', 'refused')}</span>;
  if (filesRefused.length > 0) return <span className="late">✕ {t('附件被退回', 'attachment refused')}</span>;
  if (filesWaiting > 0) return <span className="near">◐ {t('附件待传', 'attachments to send')}</span>;
  return <span className="settled">● {t('已发出', 'sent')}</span>;
}

/** The same; of what was refused it leads to where something can be done about it. Not for inside a link. */
export function SendingLink({ item }: { item: OutboxItem }) {
  if (!isRefused(item)) return <SendingState item={item} />;
  return (
    <Link href={`/mine#${item.op.commandId}`}>
      <SendingState item={item} />
    </Link>
  );
}
