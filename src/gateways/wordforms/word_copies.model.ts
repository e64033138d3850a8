import type { WordBody } from './word_body.model.ts';
import { childrenOf } from './word_xml.model.ts';

/** What a piece of a document must leave behind to stand in it once more: marks and numbers that are there only once. */
export function asCopy(xml: string, prefix: string, copy: number): string {
  const p = prefix;
  const once = [
    'bookmarkStart',
    'bookmarkEnd',
    'commentRangeStart',
    'commentRangeEnd',
    'commentReference',
    'permStart',
    'permEnd',
  ];
  return xml
    .replace(/\sw14:(?:paraId|textId)="[^"]*"/g, '')
    .replace(new RegExp(`<${p}(?:${once.join('|')})\\b[^>]*?(?:/>|></${p}\\w+>)`, 'g'), '')
    .replace(new RegExp(`<${p}id\\s${p}val="-?\\d+"\\s*/>`, 'g'), '')
    .replace(/(<wp:docPr\b[^>]*?\sid=")(\d+)"/g, (_all, start: string, id: string) => {
      return `${start}${(copy * COPY_IDS + (Number(id) % COPY_IDS)) % 2 ** 31}"`;
    });
}

const COPY_IDS = 100_000;

/** Where the page of each copy begins: an edit of what stands first. */
export function newPageAt({ bytes, prefix, inside, end }: WordBody): { from: number; to: number; text: string } {
  const p = prefix;
  const first = childrenOf(bytes, p, { inside, closeAt: end }).find(({ name }) => /^(p|tbl|sdt)$/.test(name));
  const at = first?.from ?? inside;
  if (first?.name !== 'p' || first.isEmpty) {
    // Where no paragraph stands that could begin the page, one as low as can be does.
    const low = `<${p}p><${p}pPr><${p}pageBreakBefore/><${p}spacing ${p}before="0" ${p}after="0" ${p}line="20" ${p}lineRule="exact"/></${p}pPr></${p}p>`;
    return { from: at, to: at, text: low };
  }
  const looks = childrenOf(bytes, p, first).find(({ name }) => name === 'pPr');
  const begins = `<${p}pageBreakBefore/>`;
  if (looks === undefined || looks.isEmpty)
    return { from: first.inside, to: looks?.to ?? first.inside, text: `<${p}pPr>${begins}</${p}pPr>` };
  const own = childrenOf(bytes, p, looks);
  const there = own.find(({ name }) => name === 'pageBreakBefore');
  if (there) return { from: there.from, to: there.to, text: begins };
  const behind = own.findLast(({ name }) => /^(pStyle|keepNext|keepLines)$/.test(name))?.to ?? looks.inside;
  return { from: behind, to: behind, text: begins };
}
