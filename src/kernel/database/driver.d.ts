declare module 'pg/lib/utils.js' {
  const utils: { prepareValue(value: unknown): string | Buffer | null };
  // biome-ignore lint/style/noDefaultExport: it is a CommonJS module, which has no other
  export default utils;
}
