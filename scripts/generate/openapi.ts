import { join } from 'node:path';
import { VERSION } from '../../src/cli/version.ts';
import { allEndpoints } from '../../src/domains/index.ts';
import { openPhotoRoom } from '../../src/domains/work/photos/index.ts';
import { gatewayEndpoints } from '../../src/gateways/index.ts';
import { openApiDocument } from '../../src/http/openapi.ts';
import type { Endpoint } from '../../src/kernel/endpoint.ts';
import { packageRoot } from '../../src/kernel/root.ts';

const PUBLIC_URL = 'http://localhost:3000';

/** Nothing is uploaded here: no process is started and no folder made until the first photo comes. */
export const endpoints: readonly Endpoint[] = [
  ...allEndpoints(true, openPhotoRoom({ folder: join(packageRoot, 'var') })),
  ...gatewayEndpoints({ publicUrl: PUBLIC_URL }),
];

export const openApi = (): string => `${JSON.stringify(openApiDocument(endpoints, VERSION, PUBLIC_URL), null, 2)}\n`;
