export { sweepOrphans } from './orphans.outside.ts';
export { photoRoutes } from './photo.routes.ts';
export { type FoundPhoto, findPhoto } from './photo.views.ts';
export { openPhotoRoom, type PhotoRoom } from './room.outside.ts';
export { folderStore, type PhotoStore } from './store.outside.ts';
export { type PhotoBytes, photoBytes } from './take_in.outside.ts';
