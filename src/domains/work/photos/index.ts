export { limits as photoLimits } from './limits.model.ts';
export { sweepOrphans } from './orphans.outside.ts';
export { photoRoutes, uploading } from './photo.routes.ts';
export { findPhoto } from './photo.views.ts';
export { openPhotoRoom, type PhotoRoom } from './room.outside.ts';
export { folderStore, type PhotoStore } from './store.outside.ts';
export { photoBytes } from './take_in.outside.ts';
export { checksumIn, checksumKinds, uploadProblems } from './upload.model.ts';
export { beginUpload, type Door, dropUpload, findUpload, takePiece } from './upload.outside.ts';
