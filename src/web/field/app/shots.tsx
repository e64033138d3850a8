import { useEffect, useState } from 'react';
import { StoreFull } from '../engine/ports.ts';
import { useFrame } from './frame.tsx';
import { Note } from './note.tsx';
import { NotAPicture, shrink } from './photo.ts';
import { useWork } from './work.tsx';

interface ShotsProps {
  readonly id: string;
  readonly label: string;
  /** Hashes of the photos taken. */
  readonly taken: readonly string[];
  readonly onTaken: (hashes: readonly string[]) => void;
  /** How the file will be called at the server: of which step it is. */
  readonly stage: string;
  readonly most?: number;
  readonly isMain?: boolean;
}

/** The camera of the phone itself: it opens at once, and asks for no permission of ours. */
export function Shots({ id, label, taken, onTaken, stage, most = 6, isMain = false }: ShotsProps) {
  const { t } = useFrame();
  const { engine } = useWork();
  const [trouble, setTrouble] = useState<{ zh: string; en: string } | null>(null);
  const [isBusy, setBusy] = useState(false);
  const take = async (files: readonly File[]): Promise<void> => {
    setBusy(true);
    setTrouble(null);
    const hashes: string[] = [];
    try {
      for (const file of files.slice(0, most - taken.length)) {
        const { bytes, type } = await shrink(file);
        hashes.push(await engine.keepFile(bytes, `${type};stage=${stage}`));
      }
    } catch (error) {
      setTrouble(troubleOf(error));
    }
    onTaken([...new Set([...taken, ...hashes])]);
    setBusy(false);
  };
  return (
    <div className="shots">
      <div className="row">
        {taken.map((hash, i) => (
          <figure key={hash}>
            <KeptPhoto hash={hash} alt={t(`第 ${i + 1} 张照片`, `photo ${i + 1}`)} />
            <button type="button" className="plain" onClick={() => onTaken(taken.filter((one) => one !== hash))}>
              {t('去掉', 'Remove')}
            </button>
          </figure>
        ))}
      </div>
      {taken.length < most && (
        <label htmlFor={id} className={isMain && taken.length === 0 ? 'button camera primary' : 'button camera'}>
          {isBusy ? t('正在存……', 'Keeping …') : taken.length > 0 ? t('再拍一张', 'One more') : label}
          <input
            id={id}
            type="file"
            accept="image/*"
            capture="environment"
            onChange={({ target }) => {
              const files = [...(target.files ?? [])];
              target.value = '';
              if (files.length > 0) void take(files);
            }}
          />
        </label>
      )}
      {trouble && <Note tone="late" title={t(trouble.zh, trouble.en)} />}
    </div>
  );
}

function troubleOf(error: unknown): { zh: string; en: string } {
  if (error instanceof NotAPicture)
    return {
      zh: '这不是能打开的照片，换一张；没有照片也能报。',
      en: 'This is no picture; take another, or report without.',
    };
  if (error instanceof StoreFull)
    return {
      zh: '手机存满了，这张照片没有存下；文字还能存。请清理手机后再拍。',
      en: 'The phone is full: this photo was not kept, words still can be. Make room, then take it again.',
    };
  return { zh: '这张照片没有存下，请再拍一次。', en: 'This photo was not kept. Take it again.' };
}

/** A photo that is still on this phone. */
function KeptPhoto({ hash, alt }: { hash: string; alt: string }) {
  const { store } = useWork();
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    let made: string | null = null;
    let isHere = true;
    void store.bytes(hash).then((bytes) => {
      if (!bytes || !isHere) return;
      made = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' }));
      setAddress(made);
    });
    return () => {
      isHere = false;
      if (made) URL.revokeObjectURL(made);
    };
  }, [store, hash]);
  return address ? <img src={address} alt={alt} /> : <span className="soft">{alt}</span>;
}
