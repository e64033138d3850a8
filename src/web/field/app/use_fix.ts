import { useEffect, useState } from 'react';
import { type Finding, type Fix, watchPlace } from './place.ts';

/** Where the phone stands; null: not known, or not told. */
export function useFix(): Fix | null {
  const [finding, setFinding] = useState<Finding>({ is: 'asking' });
  useEffect(() => watchPlace(setFinding), []);
  return finding.is === 'found' ? finding.fix : null;
}
