import { defineConfig } from 'vitest/config';

/** Apart from `npm test`, which needs npm only: these need a browser. */
export default defineConfig({
  test: {
    include: ['test/e2e/**/*.e2e.ts'],
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
