import type { Language } from '../../kernel/words.ts';

/** Time as people say it. Zones are IANA names; nothing here reads the machine's own zone. */
const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string, language: Language): Intl.DateTimeFormat {
  const key = `${zone} ${language}`;
  const known =
    formats.get(key) ??
    new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
      timeZone: zone,
      month: language === 'zh' ? '2-digit' : 'short',
      day: '2-digit',
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  formats.set(key, known);
  return known;
}

/** 11-20(周五)16:40 */
export function dayAndTime(at: Date, zone: string, language: Language): string {
  const part = Object.fromEntries(
    format(zone, language)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  return language === 'zh'
    ? `${part.month}-${part.day}(${part.weekday})${part.hour}:${part.minute}`
    : `${part.weekday} ${part.day} ${part.month} ${part.hour}:${part.minute}`;
}

const MINUTE = 60_000;

/** 3 小时 20 分 · 2 天 4 小时 */
function span(ms: number, language: Language): string {
  const minutes = Math.max(0, Math.round(ms / MINUTE));
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  const units = language === 'zh' ? [' 天', ' 小时', ' 分'] : [' d', ' h', ' min'];
  const parts = [days, hours, rest].map((n, i) => (n > 0 ? `${n}${units[i]}` : '')).filter((text) => text !== '');
  return parts.slice(0, 2).join(' ') || (language === 'zh' ? '不到 1 分' : 'less than 1 min');
}

/** 还剩 3 小时 20 分 · 超期 2 天 */
export function timeLeft(dueAt: Date, now: Date, language: Language): string {
  const ms = dueAt.getTime() - now.getTime();
  if (language === 'zh') return ms >= 0 ? `还剩 ${span(ms, language)}` : `超期 ${span(-ms, language)}`;
  return ms >= 0 ? `${span(ms, language)} left` : `late by ${span(-ms, language)}`;
}

/** 2026-11-20: where the year matters and the hour does not. */
export const dayIn = (at: Date, zone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(at);
/** 3 小时 20 分前 */
export const ago = (at: Date, now: Date, language: Language): string =>
  language === 'zh'
    ? `${span(now.getTime() - at.getTime(), language)}前`
    : `${span(now.getTime() - at.getTime(), language)} ago`;
