import type { Widget } from '../../domains/land/registry/forms/form.model.ts';
import type { Words } from '../../kernel/words.ts';

/** What stands in the column `type`. Pure. */
export type Kind =
  | { readonly is: 'question'; readonly widget: Widget; readonly least?: number; readonly most?: number }
  | { readonly is: 'choice'; readonly many: boolean; readonly list: string; readonly other: boolean }
  | { readonly is: 'begin'; readonly what: 'group' | 'repeat' }
  | { readonly is: 'end'; readonly what: 'group' | 'repeat' }
  /** Kept anyway, or of no use to a visit: the form is the same without it. */
  | { readonly is: 'beside'; readonly says: Words }
  | { readonly is: 'unheld'; readonly says: Words };

export function kindOf(type: string, appearance: string): Kind {
  const words = type.trim().replace(/\s+/g, ' ');
  const bare = words.toLowerCase();
  const chosen = choiceIn(words);
  if (chosen) return chosen;
  const bounds = /^(begin|end)[ _](looped group|lgroup|repeat|group)$/.exec(bare);
  if (bounds) return { is: bounds[1] === 'end' ? 'end' : 'begin', what: bounds[2] === 'group' ? 'group' : 'repeat' };
  if (bare in beside) return { is: 'beside', says: beside[bare as keyof typeof beside] };
  const widget = widgetOf(bare, appearance.toLowerCase());
  if (widget) return widget;
  return { is: 'unheld', says: unheld[bare.split(' ')[0] ?? ''] ?? unknown(words) };
}

const ONE = /^(?:(?:add )?select[ _]one(?: from| prompt using)?|select1|(?:add )?select one prompt using) (.+)$/i;
const MANY = /^(?:(?:add )?select[ _](?:multiple|all that apply|all|many)(?: from| prompt using)?|select) (.+)$/i;

function choiceIn(type: string): Kind | null {
  const [one, several] = [ONE.exec(type), MANY.exec(type)];
  const told = (one ?? several)?.[1];
  if (told === undefined || /\.(csv|xml|geojson)\b/i.test(told)) return null;
  const list = told.replace(/ or[ _](specify )?other$/i, '').trim();
  if (list.includes(' ') || list.startsWith('${')) return null;
  return { is: 'choice', many: one === null, list, other: list !== told.trim() };
}

function widgetOf(type: string, appearance: string): Kind | null {
  const of = (widget: Widget): Kind => ({ is: 'question', widget });
  if (['text', 'string'].includes(type)) return of(appearance.includes('multiline') ? 'paragraph' : 'text');
  if (['integer', 'int'].includes(type)) return of('integer');
  if (type === 'decimal') return of('decimal');
  if (type === 'date') return /year|month/.test(appearance) ? null : of('date');
  if (['geopoint', 'gps', 'location'].includes(type)) return of('place');
  if (['phone number', 'phone_number_question'].includes(type)) return of('phone');
  if (['yes or no question', 'yes_or_no_question'].includes(type)) return of('yes_no');
  if (type === 'percentage') return { is: 'question', widget: 'integer', least: 0, most: 100 };
  if (type === 'image' && appearance.includes('signature')) return of('signature');
  if (['image', 'photo'].includes(type) && !/draw|annotate/.test(appearance)) return of('photo');
  return ['note', 'barcode'].includes(type) ? of(type as Widget) : null;
}

const ownTime: Words = { zh: '不用问：走访的时间经纬自己记', en: 'not needed: the time of a visit is kept anyway' };
const ownPerson: Words = {
  zh: '不会记：谁去的、用哪部手机，经纬按登录的人记',
  en: 'not kept: who went is known by who signed in',
};
const beside = {
  ...{ start: ownTime, end: ownTime, today: ownTime, start_time: ownTime, end_time: ownTime, audit: ownTime },
  ...{ deviceid: ownPerson, username: ownPerson, email: ownPerson, phonenumber: ownPerson, imei: ownPerson },
  ...{ subscriberid: ownPerson, simserial: ownPerson, 'start-geopoint': ownPerson },
};

const media: Words = {
  zh: '走访的表收照片，还收不了录音、录像、文件和手绘',
  en: 'forms of visits take photos, but no sound, film, files or drawings yet',
};
const shapes: Words = { zh: '走访的表还收不了线和面', en: 'forms of visits take no lines or surfaces yet' };
const clock: Words = { zh: '只能问到日，不能问时刻', en: 'a day can be asked, not a time' };
const outside: Words = {
  zh: '选项要写在 choices 工作表里，不能来自别的文件或别的题',
  en: 'choices stand in the sheet “choices”, not in another file or question',
};
const counted: Words = { zh: '表里不能计算', en: 'a form of ours does not reckon' };
const unheld: Readonly<Record<string, Words>> = {
  ...{ image: media, photo: media, audio: media, video: media, file: media, 'background-audio': media, osm: shapes },
  ...{ geotrace: shapes, geoshape: shapes, time: clock, datetime: clock, date: clock },
  ...{ calculate: counted, calculate_here: counted, hidden: counted },
  ...{ select_one_external: outside, select_one_from_file: outside, select_multiple_from_file: outside },
  ...{
    'xml-external': outside,
    'csv-external': outside,
    select_one: outside,
    select_multiple: outside,
    select: outside,
  },
};
const unknown = (type: string): Words => ({ zh: `不支持“${type}”这种问题`, en: `“${type}” is not supported` });
