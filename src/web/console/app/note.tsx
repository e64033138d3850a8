import type { ReactNode, Ref } from 'react';

/** Something said on the page: a coloured edge and words, never a filled surface. */
export function Note({ tone, title, children, ref }: NoteProps) {
  return (
    <div ref={ref} className={`note ${tone}`} role={tone === 'late' ? 'alert' : 'status'} tabIndex={-1}>
      <strong>{title}</strong>
      {children}
    </div>
  );
}

interface NoteProps {
  readonly tone: 'settled' | 'late' | 'plain';
  readonly title: string;
  readonly children?: ReactNode;
  readonly ref?: Ref<HTMLDivElement>;
}
