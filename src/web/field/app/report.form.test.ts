import { describe, expect, it, test } from 'vitest';
import { onTheSpotForm, reportForm } from '../../../domains/work/casefiles/casefile.model.ts';
import { againOf, blank, type Draft, nextNearby, opOf, problemOf } from './report.form.ts';

const areaId = '01a20000-0000-7000-8000-000000000000';
const written = (more: Partial<Draft> = {}): Draft => ({
  ...blank(),
  words: ' 路面塌了一块 ',
  where: { areaId, point: [112.9, 28.1], accuracyM: 12, words: '二运巷口', isChosen: false, hasGrids: true },
  photos: ['p1'],
  ...more,
});

describe('手机上报的一条', () => {
  it('服务器认得：有地点、有网格、有误差，什么时候都能补类别', () => {
    const { body, name, target, files } = opOf(written({ urgent: true }), 'zh');
    expect(name).toBe('casefile.report');
    expect(files).toEqual(['p1']);
    const read = reportForm.parse(body);
    expect(read).toMatchObject({ casefileId: target, words: '路面塌了一块', urgent: true, channel: 'field' });
    expect(read.place).toMatchObject({ lon: 112.9, lat: 28.1, accuracyM: 12, areaId, words: '二运巷口' });
  });

  it('由人选定的网格不带定位：定位错了两公里也不会把它带偏', () => {
    const where = { areaId, point: null, accuracyM: null, words: '', isChosen: true, hasGrids: true };
    expect(opOf(written({ where }), 'zh').body.place).toEqual({ areaId, words: '' });
  });

  it('当场办好的带着条件、做法和办好后的照片', () => {
    const draft = written({ settled: true, conditionCode: 'c-1', typeCode: 'c', did: '已清走', after: ['p2'] });
    const { body, name, files } = opOf(draft, 'zh');
    expect(name).toBe('casefile.report_handled');
    expect(onTheSpotForm.parse(body)).toMatchObject({ conditionCode: 'c-1', did: '已清走' });
    expect(files).toEqual(['p1', 'p2']);
  });

  it('没写字、说了一段的也能报：案卷上写明有录音，录音跟在后面', () => {
    const voices = [
      { sha256: 'v1', seconds: 20 },
      { sha256: 'v2', seconds: 3 },
    ];
    const draft = written({ words: ' ', voices });
    expect(problemOf(draft)).toBeNull();
    const { body, files } = opOf(draft, 'zh');
    expect(reportForm.parse(body).words).toBe('（请听录音，共 23 秒）');
    expect(files).toEqual(['p1', 'v1', 'v2']);
    expect(opOf(written({ voices }), 'zh').body.words).toBe('路面塌了一块');
  });

  it.each([
    ['没写什么事', { words: ' ' }, '什么事'],
    ['没定网格', { where: { ...blank().where, words: '门口' } }, '网格'],
    ['当场办好没选条件', { settled: true }, '立案条件'],
    ['当场办好没写怎么办的', { settled: true, conditionCode: 'c-1' }, '怎么办的'],
  ] as const)('%s：说出缺什么', (_name, more, says) => {
    expect(problemOf(written(more))?.zh).toContain(says);
    expect(problemOf(written())).toBeNull();
  });

  it('自己没有网格的：有定位或者说得出在哪里就能报', () => {
    const none = { ...blank().where, hasGrids: false };
    expect(problemOf(written({ where: none }))?.zh).toContain('网格');
    expect(problemOf(written({ where: { ...none, words: '二运巷口' } }))).toBeNull();
    expect(problemOf(written({ where: { ...none, point: [112.9, 28.1] } }))).toBeNull();
  });

  it('接着报附近的：地方不变，别的都是新的', () => {
    const first = written();
    const next = nextNearby(first);
    expect(next.where).toEqual({ ...first.where, words: '' });
    expect([next.words, next.photos, next.casefileId === first.casefileId]).toEqual(['', [], false]);
  });
});

test('被退回的再报一次：说的、拍的、录的都在，编号是新的，小类不带；存下时收起原来那条', () => {
  const where = {
    areaId: 'a',
    point: [112.9, 28.1] as const,
    accuracyM: 9,
    words: '巷口',
    isChosen: true,
    hasGrids: true,
  };
  const settled = { settled: true, did: '清走了', conditionCode: 'c', typeCode: 't', after: ['h2'] };
  const voices = [{ sha256: 'h3', seconds: 7 }];
  const draft: Draft = { ...blank(), words: '树倒了', photos: ['h1'], voices, where: { ...where }, ...settled };
  const op = { ...opOf(draft, 'zh'), commandId: 'old', seq: 1, occurredAt: '' };
  const kept = [
    ['h1', 'image/jpeg;stage=report'],
    ['h2', 'image/jpeg;stage=after'],
    ['h3', 'audio/webm;seconds=7'],
    ['h4', 'image/jpeg;stage=report'],
  ].map(([sha256 = '', type = '']) => ({ sha256, type, size: 1, keptAt: '', refused: null }));
  const again = againOf(op, kept);
  expect(again).toMatchObject({
    ...{ words: '树倒了', photos: ['h1'], after: ['h2'], voices, settled: true, did: '清走了', where, instead: 'old' },
    ...{ typeCode: '', conditionCode: '' },
  });
  expect(again.casefileId).not.toBe(draft.casefileId);
});
