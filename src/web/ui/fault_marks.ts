import { html } from 'ghtml';

/*
 * A form that was refused says what was wrong beside each field, and in the box on top calls the field as the form does.
 * Done on the finished page: a form need not know what may be wrong with it, and a field that is renamed stays in step.
 */
interface Control {
  readonly id: string;
  readonly tag: string;
  readonly start: number;
  /** Behind it. */
  readonly end: number;
  /** A tick or a radio button: what is wrong stands in the box alone. */
  readonly isPick: boolean;
}

interface Told {
  /** In the page, from the beginning of its line to the end of it. */
  readonly start: number;
  readonly end: number;
  readonly path: string;
  readonly called: string;
  readonly says: string;
}

/** A line of the box on top, as `marked` reads it again. */
export const faultLine = ({ path, field, says }: { path?: string; field: string; says: string }): string =>
  html`<li!${path === undefined ? '' : html` data-at="${path}"`}>!${field === '' ? '' : html`<strong>${field}</strong> `}<span>${says}</span></li>`;

const LINE = /<li data-at="([^"]*)">(?:<strong>([^<]*)<\/strong> )?<span>([^<]*)<\/span><\/li>/g;
const CONTROL = /<(input|select|textarea)\b[^>]*>/g;

export function marked(page: string): string {
  const lines = [...page.matchAll(LINE)].map(
    ({ index, 0: { length }, 1: path = '', 2: called = '', 3: says = '' }): Told => ({
      ...{ start: index, end: index + length, path, called, says },
    }),
  );
  if (lines.length === 0) return page;
  const controls = controlsIn(page);
  const found = lines.map((line) => ({ line, at: controlOf(controls, line.path) }));
  const inserts: { at: number; until: number; text: string }[] = [];
  for (const { line, at } of found) {
    if (!at) continue;
    const name = labelOf(page, at.control.id) ?? line.called;
    const which = at.rest === '' ? '' : (/[（(][^（(]*[）)]$/.exec(line.called)?.[0] ?? '');
    inserts.push({
      ...{ at: line.start, until: line.end },
      text: `<li><a href="#${at.control.id}"><strong>${name}${which}</strong></a> ${line.says}</li>`,
    });
  }
  for (const control of new Set(found.flatMap(({ at }) => at?.control ?? []))) {
    const says = found.flatMap(({ line, at }) => (at?.control === control ? [line.says] : []));
    const { id, tag, start, end, isPick } = control;
    inserts.push({ at: start, until: start + tag.length, text: refusedTag(tag, isPick ? null : `${id}-fault`) });
    if (isPick) continue;
    inserts.push({
      ...{ at: end, until: end },
      text: `<p class="late small" id="${id}-fault">▲ ${[...new Set(says)].join('；')}</p>`,
    });
  }
  return spliced(page, inserts);
}

function refusedTag(tag: string, by: string | null): string {
  const invalid = `${tag.slice(0, -1)} aria-invalid="true">`;
  if (by === null) return invalid;
  return / aria-describedby="/.test(tag)
    ? invalid.replace(/ aria-describedby="/, ` aria-describedby="${by} `)
    : `${invalid.slice(0, -1)} aria-describedby="${by}">`;
}

/** Fields that a person fills, by name; those that say already what is wrong with them are left as they are. */
function controlsIn(page: string): ReadonlyMap<string, Control> {
  const controls = new Map<string, Control>();
  for (const { index, 0: tag, 1: kind = '' } of page.matchAll(CONTROL)) {
    const [name, id] = [attribute(tag, 'name'), attribute(tag, 'id')];
    const type = attribute(tag, 'type');
    if (name === '' || id === '' || type === 'hidden' || tag.includes('aria-invalid') || controls.has(name)) continue;
    const close = kind === 'input' ? index + tag.length : page.indexOf(`</${kind}>`, index) + kind.length + 3;
    controls.set(name, {
      ...{ id, tag, start: index, end: close, isPick: type === 'checkbox' || type === 'radio' },
    });
  }
  return controls;
}

const attribute = (tag: string, name: string): string => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '';

/** `rule.season.from` is the field `seasonFrom`, `from` or `rule`, whichever there is, the nearest first. */
function controlOf(controls: ReadonlyMap<string, Control>, path: string): { control: Control; rest: string } | null {
  const parts = path.split('.').filter((part) => !/^\d+$/.test(part));
  for (let from = parts.length; from > 0; from -= 1) {
    const upTo = parts.slice(0, from);
    const names = [path, ...upTo.map((_, i) => upTo.slice(i).join('.')), ...upTo.map((_, i) => camel(upTo.slice(i)))];
    const name = names.find((one) => controls.has(one));
    const control = controls.get(name ?? '');
    if (control) return { control, rest: path === name ? '' : path.slice(path.indexOf(upTo.at(-1) ?? '')) };
  }
  return null;
}

const camel = ([first = '', ...rest]: readonly string[]): string =>
  first + rest.map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('');

/** As the form calls it, without what is said about it in small. */
function labelOf(page: string, id: string): string | undefined {
  const start = page.indexOf(`<label for="${id}"`);
  if (start < 0) return undefined;
  const text = /^[^>]*>([^<]*)/.exec(page.slice(start, start + 400))?.[1]?.trim();
  return text === '' ? undefined : text;
}

function spliced(page: string, inserts: readonly { at: number; until: number; text: string }[]): string {
  let made = '';
  let from = 0;
  for (const { at, until, text } of inserts.toSorted((one, other) => one.at - other.at)) {
    made += page.slice(from, at) + text;
    from = until;
  }
  return made + page.slice(from);
}
