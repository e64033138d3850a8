import { type Darkroom, type DarkroomOptions, openDarkroom } from './develop.outside.ts';
import { folderStore, type PhotoStore } from './store.outside.ts';

/** What photos need besides a runtime: a place to lie and a process to be developed in. One per server process. */
export interface PhotoRoom extends Darkroom {
  readonly store: PhotoStore;
}

/** `folder` lies in the data folder, never with the keys. */
export function openPhotoRoom({ folder, ...options }: DarkroomOptions & { readonly folder: string }): PhotoRoom {
  return { store: folderStore(folder), ...openDarkroom(options) };
}
