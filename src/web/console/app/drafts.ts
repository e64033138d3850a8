/**
 * What somebody began to write, while the page is open: they look at another case and come back to it. In memory alone,
 * since a telephone number may be in it and the next at this machine is somebody else.
 */
const begun = new Map<string, object>();

export const draftOf = (key: string): object | undefined => begun.get(key);
export const keepDraft = (key: string, draft: object): void => void begun.set(key, draft);
export const dropDraft = (key: string): void => void begun.delete(key);
