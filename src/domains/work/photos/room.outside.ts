import { join } from 'node:path';
import { type Arriving, openArriving } from './arriving.outside.ts';
import { type Darkroom, type DarkroomOptions, openDarkroom } from './develop.outside.ts';
import { folderStore, type PhotoStore } from './store.outside.ts';

/** What photos need besides a runtime: a place to lie and a process to be developed in. One per server process. */
export interface PhotoRoom extends Darkroom {
  readonly store: PhotoStore;
  /** What came in part only; no backup has it. */
  readonly arriving: Arriving;
}

/** `folder` lies in the data folder, never with the keys. */
export function openPhotoRoom({ folder, ...options }: DarkroomOptions & { readonly folder: string }): PhotoRoom {
  return { store: folderStore(folder), arriving: openArriving(join(folder, 'arriving')), ...openDarkroom(options) };
}
