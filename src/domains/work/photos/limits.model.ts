/** By itself, so that the process for photos loads nothing else of ours. */
export const limits = {
  fileBytes: 20 * 1024 * 1024,
  pixels: 50_000_000,
  longestSide: 2048,
  thumbSide: 320,
  perReport: 6,
  perCase: 200,
} as const;
