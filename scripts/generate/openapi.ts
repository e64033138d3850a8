import { join } from 'node:path';
import { VERSION } from '../../src/cli/version.ts';
import { allEndpoints } from '../../src/domains/index.ts';
import { openPhotoRoom } from '../../src/domains/work/photos/index.ts';
import { openApiDocument } from '../../src/http/openapi.ts';
import type { Endpoint } from '../../src/kernel/endpoint.ts';
import { packageRoot } from '../../src/kernel/root.ts';

/** Nothing is uploaded here: no process is started and no folder made until the first photo comes. */
export const endpoints: readonly Endpoint[] = allEndpoints(true, openPhotoRoom({ folder: join(packageRoot, 'var') }));

export const openApi = (): string =>
  `${JSON.stringify(openApiDocument(endpoints, VERSION, 'http://localhost:3000'), null, 2)}\n`;
