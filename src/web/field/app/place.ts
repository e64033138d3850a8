/** Where the phone stands, as far as it says so. */
export interface Fix {
  readonly lon: number;
  readonly lat: number;
  readonly accuracyM: number;
  /** Milliseconds since 1970, by the phone's clock. */
  readonly at: number;
}

export type Finding =
  | { readonly is: 'asking' }
  | { readonly is: 'found'; readonly fix: Fix }
  /** Switched off, not allowed, or no answer from the sky. */
  | { readonly is: 'none'; readonly why: 'refused' | 'missing' | 'silent' };

const REFUSED = 1;
const LONG_ENOUGH_MS = 12_000;

/** Tells every better fix until it is told to stop. */
export function watchPlace(tell: (finding: Finding) => void): () => void {
  if (!('geolocation' in navigator)) {
    tell({ is: 'none', why: 'missing' });
    return () => undefined;
  }
  const watching = navigator.geolocation.watchPosition(
    ({ coords: { longitude, latitude, accuracy }, timestamp }) =>
      tell({ is: 'found', fix: { lon: longitude, lat: latitude, accuracyM: Math.round(accuracy), at: timestamp } }),
    ({ code }) => tell({ is: 'none', why: code === REFUSED ? 'refused' : 'silent' }),
    { enableHighAccuracy: true, maximumAge: 10_000, timeout: LONG_ENOUGH_MS },
  );
  return () => navigator.geolocation.clearWatch(watching);
}
