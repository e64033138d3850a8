import { Tag } from 'antd';
import { flagWords } from '../case.words.ts';
import { useFrame } from './frame.tsx';

export function Tags({ flags }: { flags: readonly string[] }) {
  const { say } = useFrame();
  return flags.map((flag) => (
    <Tag key={flag} variant="outlined">
      {say(flagWords[flag] ?? { zh: flag, en: flag })}
    </Tag>
  ));
}
