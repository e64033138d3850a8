declare module 'polylabel' {
  /** The point of a polygon farthest from its border. */
  // biome-ignore lint/style/noDefaultExport: it is how the package is made
  export default function polylabel(
    polygon: readonly (readonly (readonly [number, number])[])[],
    precision?: number,
  ): number[];
}
