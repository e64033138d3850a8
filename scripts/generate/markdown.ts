/** What generated pages have in common. */
const generatedNote = '<!-- 由 npm run generate 生成,请勿手改。 Made by npm run generate; do not edit. -->';

export const pageOf = (...parts: readonly string[]): string => `${[generatedNote, ...parts].join('\n\n')}\n`;

export function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escapeCell).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)].join('\n');
}

const escapeCell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', '<br>');
