import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'seeds/**/*.test.ts', 'test/**/*.test.ts', 'test/**/*.story.ts'],
    globalSetup: ['test/cluster.ts'],
    pool: 'forks',
    // Loading the program takes longer than most files; each has a database of its own, which is the part that must not be shared.
    isolate: false,
    unstubGlobals: true,
    restoreMocks: true,
    maxWorkers: 2,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
