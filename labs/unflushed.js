// Loaded in front of the program by a control of `lab:power`: files are written, and nobody waits until they lie on the
// disk. The database has processes of its own and goes on flushing what is its.
import { open } from 'node:fs/promises';

const file = await open(process.execPath, 'r');
Object.getPrototypeOf(file).sync = async () => undefined;
await file.close();
