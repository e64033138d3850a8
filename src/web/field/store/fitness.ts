import type { Words } from '../../../kernel/words.ts';

/** What this browser lacks, in words. Without the first kind nothing can be kept; the others are said and lived with. */
export interface Lack {
  readonly name: 'secure' | 'database' | 'worker' | 'files' | 'persistence';
  readonly stops: boolean;
  readonly says: Words;
}

const lacks: Readonly<Record<Lack['name'], Omit<Lack, 'name'>>> = {
  secure: {
    stops: true,
    says: {
      zh: '现在打开的地址不是 https，浏览器不许网页在手机里加密存东西。',
      en: 'This address is not https: the browser lets no page keep sealed data on the phone.',
    },
  },
  database: {
    stops: true,
    says: {
      zh: '这个浏览器不让网页存东西（可能开着无痕模式，或者是聊天软件自带的浏览器）。',
      en: 'This browser lets no page keep data; it may be in private mode, or be the one inside a chat app.',
    },
  },
  worker: {
    stops: false,
    says: {
      zh: '这个浏览器不能在没有网络时打开本应用；打开着的时候照样能存能补发。',
      en: 'This browser cannot open the app without a network; while it is open, work is kept and sent later.',
    },
  },
  files: {
    stops: false,
    says: {
      zh: '这个浏览器没有第二份底账：数据库损坏时，没发出的上报可能找不回来。',
      en: 'This browser has no second journal: if its database breaks, unsent reports may be lost.',
    },
  },
  persistence: {
    stops: false,
    says: {
      zh: '手机存储紧张时，系统可能清掉本应用存的东西。把它“添加到主屏幕”可以避免。',
      en: 'When storage runs short the system may clear what is kept here. “Add to home screen” prevents that.',
    },
  },
};

export async function lacksOf(): Promise<readonly Lack[]> {
  const has: Readonly<Record<Lack['name'], boolean>> = {
    secure: window.isSecureContext && crypto.subtle !== undefined,
    database: 'indexedDB' in window && (await canOpen()),
    worker: 'serviceWorker' in navigator,
    files: typeof navigator.storage?.getDirectory === 'function',
    persistence: (await navigator.storage?.persisted?.()) ?? false,
  };
  const names = Object.keys(lacks) as Lack['name'][];
  return names.filter((name) => !has[name]).map((name) => ({ name, ...lacks[name] }));
}

/** In some private modes it is there and refuses. */
const canOpen = (): Promise<boolean> =>
  new Promise((tell) => {
    const asking = indexedDB.open('jingwei-field-probe');
    asking.onsuccess = () => {
      asking.result.close();
      indexedDB.deleteDatabase('jingwei-field-probe');
      tell(true);
    };
    asking.onerror = () => tell(false);
  });

export interface Room {
  readonly freeBytes: number | null;
  readonly usedBytes: number | null;
}

export async function roomLeft(): Promise<Room> {
  const { quota, usage } = (await navigator.storage?.estimate?.()) ?? {};
  const known = quota !== undefined && usage !== undefined;
  return { freeBytes: known ? Math.max(0, quota - usage) : null, usedBytes: usage ?? null };
}

/** Asked once work is kept here: the browser grants it or not, and does not say why. */
export const askToStay = async (): Promise<boolean> => (await navigator.storage?.persist?.()) ?? false;

export const LITTLE_ROOM = 500 * 1024 * 1024;
