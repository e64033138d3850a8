import { part, targetsIn } from '../workbooks/marked_book.model.ts';
import { advance, attributesOf, Damaged, rootOf } from '../workbooks/marked_xml.model.ts';
import { type Archive, entryOf, openArchive } from '../workbooks/marked_zip.model.ts';

/** What is not taken, with what is in it: a program, or something fetched from elsewhere when it is opened. */
class Unwelcome extends Error {
  constructor(why: 'Macros' | 'Elsewhere' | 'NoDocument' | 'TooBig') {
    super(why);
    this.name = why;
  }
}

export interface WordPackage {
  readonly archive: Archive;
  /** The part in which its text stands. */
  readonly name: string;
  readonly document: Buffer;
}

const MOST_TEXT = 48 * 1024 * 1024;
const MOST_PARTS = 5000;

export function openWord(bytes: Buffer): WordPackage {
  const archive = openArchive(bytes);
  if (archive === null) throw new Damaged('no archive');
  if (archive.entries.length > MOST_PARTS) throw new Unwelcome('TooBig');
  if (entryOf(archive, '_rels/.rels') === undefined) throw new Unwelcome('NoDocument');
  const at = targetsIn(archive, '').find(({ type }) => type === 'officeDocument')?.at;
  const entry = at === undefined ? undefined : entryOf(archive, at);
  if (entry === undefined || !/^word\//i.test(entry.name)) throw new Unwelcome('NoDocument');
  if (hasMacros(archive)) throw new Unwelcome('Macros');
  if (archive.entries.some(({ name }) => /\.rels$/i.test(name) && leadsElsewhere(part(archive, name))))
    throw new Unwelcome('Elsewhere');
  if (entry.size > MOST_TEXT) throw new Unwelcome('TooBig');
  return { archive, name: entry.name, document: part(archive, entry.name) };
}

const hasMacros = (archive: Archive): boolean =>
  archive.entries.some(({ name }) => /vbaProject|vbaData/i.test(name)) ||
  /macroEnabled/i.test(part(archive, '[Content_Types].xml').toString('latin1'));

/** Links that somebody presses are nothing of the kind; nor is the template on the writer's own disk. */
function leadsElsewhere(relations: Buffer): boolean {
  const { tag } = rootOf(relations);
  while (advance(relations, tag)) {
    const said = attributesOf(relations, tag);
    if (said.get('TargetMode') !== 'External' || /\/hyperlink$/.test(said.get('Type') ?? '')) continue;
    if (/^(https?|ftps?|mhtml|ldap):|^[\\/]{2}|^file:[\\/]{2,}[^\\/:]+[\\/]/i.test(said.get('Target') ?? ''))
      return true;
  }
  return false;
}
