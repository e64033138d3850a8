/** How much lies on the phone half written: signing out must not destroy it unsaid. */
export interface HalfWritten {
  readonly drafts: number;
  /** Recordings among them. */
  readonly photos: number;
}

/** A form that was only opened, or knows its place by itself, is not half written. */
export function halfWritten(drafts: readonly unknown[]): HalfWritten {
  const all = drafts.map((draft) => ({ words: wordsOf(draft), photos: photosOf(draft) }));
  const written = all.filter(({ words, photos }) => photos.length > 0 || words.some((said) => said.trim() !== ''));
  return { drafts: written.length, photos: new Set(written.flatMap(({ photos }) => photos)).size };
}

/** A report, or the form of a step. */
interface Written {
  readonly words?: string;
  readonly did?: string;
  readonly where?: { readonly words: string };
  readonly photos?: readonly string[];
  readonly voices?: readonly { readonly sha256: string }[];
  readonly after?: readonly string[];
  readonly values?: Readonly<Record<string, string>>;
  /** Of a visit. */
  readonly form?: { readonly answers: Readonly<Record<string, unknown>> };
  readonly shots?: Readonly<Record<string, readonly string[]>>;
}

function wordsOf(draft: unknown): readonly string[] {
  const { words = '', did = '', where, values = {}, form } = draft as Written;
  const answers = Object.values(form?.answers ?? {}).map((answer) => (typeof answer === 'string' ? answer : 'x'));
  return [words, did, where?.words ?? '', ...Object.values(values), ...answers];
}

function photosOf(draft: unknown): readonly string[] {
  const { photos = [], voices = [], after = [], shots = {} } = draft as Written;
  return [...photos, ...voices.map(({ sha256 }) => sha256), ...after, ...Object.values(shots).flat()];
}
