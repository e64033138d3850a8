export { sweepOrphans } from './orphans.outside.ts';
export { photoRoutes } from './photo.routes.ts';
export { findPhoto } from './photo.views.ts';
export { openPhotoRoom, type PhotoRoom } from './room.outside.ts';
export { folderStore, type PhotoStore } from './store.outside.ts';
export { photoBytes } from './take_in.outside.ts';
