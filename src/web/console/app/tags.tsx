import { Tag } from 'antd';
import { Fragment } from 'react';
import { flagWords } from '../case.words.ts';
import { useFrame } from './frame.tsx';

export function Tags({ flags }: { flags: readonly string[] }) {
  const { say } = useFrame();
  return flags.map((flag) => (
    <Fragment key={flag}>
      <Tag variant="outlined">{say(flagWords[flag] ?? { zh: flag, en: flag })}</Tag>{' '}
    </Fragment>
  ));
}
