/** What is said aloud beside a report, kept as the file that the phone made of it; it is never made into another one. */
export const voiceLimits = {
  /** Two minutes in the densest format a phone makes by itself. */
  fileBytes: 4 * 1024 * 1024,
  seconds: 120,
  perReport: 3,
  /** What speech needs, where the phone lets us choose. */
  bitsPerSecond: 24_000,
} as const;

/** The closed list of what is handed out, by what the bytes are. */
export const voiceTypes = { webm: 'audio/webm', ogg: 'audio/ogg', mp4: 'audio/mp4' } as const;
export type VoiceKind = keyof typeof voiceTypes;

/** By content, never by name. Null: nothing we take, and so is a film. */
export function voiceKindOf(bytes: Uint8Array): VoiceKind | null {
  const text = new TextDecoder('latin1').decode(bytes);
  if (text.startsWith('OggS')) return /OpusHead|vorbis/.test(text.slice(0, 100)) ? 'ogg' : null;
  if (bytes[0] === 0x1a && bytes[1] === 0x45 && bytes[2] === 0xdf && bytes[3] === 0xa3) return webmOr(text);
  return text.slice(4, 8) === 'ftyp' ? mp4Or(text) : null;
}

/** The tracks of a recording are named at its beginning. */
const FRONT = 4096;

function webmOr(text: string): 'webm' | null {
  const front = text.slice(0, FRONT);
  const isFilm = /V_(?:VP[89]|AV1|MPEG)/.test(front);
  return front.includes('webm') && /A_(?:OPUS|VORBIS)/.test(front) && !isFilm ? 'webm' : null;
}

/** What a track is stands eight bytes behind the name of its handler. */
function mp4Or(text: string): 'mp4' | null {
  const tracks = [...text.matchAll(/hdlr.{8}(.{4})/gs)].map(([, handler]) => handler);
  return tracks.includes('soun') && !tracks.includes('vide') ? 'mp4' : null;
}
