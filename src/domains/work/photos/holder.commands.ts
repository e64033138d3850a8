import type { Ctx } from '../../../kernel/context.ts';
import type { DataKey } from '../../../kernel/data_key.ts';
import type { Id } from '../../../kernel/id.ts';
import type { Subject } from '../../../kernel/journal.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { HeldBy, HolderKind, Picture } from './holder.model.ts';
import { photoProblems } from './photo.model.ts';

/** A record that takes photos, as its own domain opened it for whoever acts. */
export interface Opened {
  /** The report it is added to by whoever reported; null: added by one of ours. */
  readonly reportId: Id | null;
  /** What proves the work must be younger than this: the round began then. Null: any age will do. */
  readonly roundSince: Date | null;
  readonly most: number;
  /** No photo is older in the story than what it was added to. */
  readonly changedAt: Date;
  /** By which post; throws the refusal of the record. */
  readonly admit: (sha256s: readonly string[]) => Promise<Admitted>;
}

export interface Admitted {
  readonly about: Subject;
  readonly postId: Id | null;
  /** Kind of the journal entry. */
  readonly entry: string;
  /** Whoever asks that the record be forgotten takes its photos along: they lie under its key. */
  readonly key: DataKey;
}

export interface Holder {
  readonly kind: HolderKind;
  readonly pictures: readonly Picture[];
  /** Throws where the record is not there or not for whoever asks. `hold`: two who write come one after the other. */
  readonly open: (ctx: Ctx, id: Id, picture: Picture, hold: boolean) => Promise<Opened>;
}

const holders = new Map<HolderKind, Holder>();

/** Says, as its module is loaded, how photos are added to records of this kind. */
export function takesPhotos(holder: Holder): Holder {
  holders.set(holder.kind, holder);
  return holder;
}

export function openHolder(ctx: Ctx, { kind, id }: HeldBy, picture: Picture, hold = false): Promise<Opened> {
  const holder = holders.get(kind);
  if (!holder) throw new Error(`nobody says how photos are added to a ${kind}`);
  if (!holder.pictures.includes(picture)) throw new Problem(photoProblems['photo.not_of_this']);
  return holder.open(ctx, id, picture, hold);
}

/** Whether whoever acts may read the record, as its own domain says. */
export async function isReadable(ctx: Ctx, held: HeldBy, picture: Picture): Promise<boolean> {
  try {
    await openHolder(ctx, held, picture);
    return true;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}
