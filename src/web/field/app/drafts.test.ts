import { expect, test } from 'vitest';
import { halfWritten } from './drafts.ts';
import { blank, nextNearby } from './report.form.ts';

test('写了字、拍了照的才算没写完；只打开过、只定了位的不算', () => {
  const placed = { ...blank(), where: { ...blank().where, areaId: 'g1' } };
  expect(halfWritten([blank(), placed, nextNearby(placed), { values: {}, shots: {} }])).toEqual({
    drafts: 0,
    photos: 0,
  });
  const shot = { ...blank(), photos: ['h1'], after: ['h2'] };
  const form = { values: { words: '已回填' }, shots: { after: ['h2', 'h3'] } };
  const spoken = { ...blank(), voices: [{ sha256: 'v1', seconds: 9 }] };
  const typed = { ...blank(), words: '井盖' };
  expect(halfWritten([shot, form, typed])).toEqual({ drafts: 3, photos: 3 });
  expect(halfWritten([spoken])).toEqual({ drafts: 1, photos: 1 });
  expect(halfWritten([{ ...blank(), words: '  ' }])).toEqual({ drafts: 0, photos: 0 });
});
