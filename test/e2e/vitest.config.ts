import { defineConfig } from 'vitest/config';

/** Apart from `npm test`, which needs npm only: these need a browser. */
export default defineConfig({
  test: {
    include: ['test/e2e/**/*.e2e.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // What follows behind a page waits its turn on a busy machine; the usual second is too short.
    expect: { poll: { timeout: 15_000 } },
  },
});
