import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { isUnsure, newCommandId, post, Refused, upload } from '../../api/call.ts';
import { readPoint } from './pasted.ts';

/** What is written down while somebody tells it. */
export interface Draft {
  readonly channel: string;
  readonly words: string;
  readonly placeWords?: string;
  readonly areaId?: string;
  readonly point?: string;
  readonly name?: string;
  readonly phone?: string;
  readonly typeCode?: string;
  readonly urgent?: boolean;
  readonly confidential?: boolean;
}
export interface Taken {
  readonly casefileId: string;
  readonly number: string;
  readonly trackingCode: string;
}

interface Hearing {
  readonly onTaken: (taken: Taken) => void;
  readonly onRefused: (refused: Refused) => void;
}

/** The ids of what is being written down stay through every try, so that a lost answer makes no second case. */
export function useReport({ onTaken, onRefused }: Hearing) {
  const store = useQueryClient();
  const fresh = () => ({ commandId: newCommandId(), casefileId: newCommandId(), reportId: newCommandId() });
  const ids = useRef(fresh());
  return useMutation({
    mutationFn: (draft: Draft) => post<Taken>('/api/casefiles', { ...ids.current, ...reportOf(draft) }),
    onSuccess: async (taken) => {
      ids.current = fresh();
      onTaken(taken);
      await store.invalidateQueries({ queryKey: ['inbox'] });
    },
    onError: (error) => {
      if (isUnsure(error) || !(error instanceof Refused)) return;
      ids.current = fresh();
      onRefused(error);
    },
  });
}

export async function sendPhotos(caseId: string, photos: readonly File[]): Promise<void> {
  if (photos.length === 0) return;
  const form = new FormData();
  form.set('stage', 'report');
  form.set('commandId', newCommandId());
  for (const photo of photos) form.append('photos', photo);
  await upload(`/api/casefiles/${caseId}/photos`, form);
}

/** As much of it as hints are asked by; null while it does not say what or where. */
export function draftOfReport({ channel, words, placeWords, areaId, point, typeCode }: Draft): object | null {
  const at = readPoint(point ?? '');
  if (!words?.trim() || (!at && !areaId)) return null;
  const place = { words: placeWords ?? '', ...(at ?? { areaId }) };
  return { channel, words, place, ...(typeCode && { typeCode }) };
}

function reportOf({
  channel,
  words,
  placeWords,
  areaId,
  point,
  name,
  phone,
  typeCode,
  urgent,
  confidential,
}: Draft): object {
  const at = readPoint(point ?? '');
  const contact = { ...(name && { name }), ...(phone && { phone }) };
  return {
    channel,
    // What stands under phone is sealed, and not to be read beside it.
    words: phone ? words.replaceAll(phone, '') : words,
    place: { words: placeWords ?? '', ...(at ?? (areaId && { areaId })) },
    ...(Object.keys(contact).length > 0 && { contact }),
    ...(typeCode && { typeCode }),
    urgent: urgent ?? false,
    confidential: confidential ?? false,
  };
}
