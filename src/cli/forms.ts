import { nameOf } from '../domains/land/registry/fields/keeping.model.ts';
import { readXlsformFile } from '../gateways/xlsform/xlsform.outside.ts';
import { exitCodes, type Terminal } from './terminal.ts';

/** `jingwei forms check FILE`: what an XLSForm becomes, and which of its cells do not; needs no database. 3: it cannot be used as it is. */
export async function checkForm(terminal: Terminal, file: string): Promise<number> {
  const form = await readXlsformFile(file);
  for (const { name, ask, widget, field } of form.questions)
    terminal.say({
      zh: `${name} ${ask}（${widget}）${field === undefined ? '' : ` → 台账：${nameOf(field).zh}`}`,
      en: `${name} ${ask} (${widget})${field === undefined ? '' : ` → ledger: ${nameOf(field).en}`}`,
    });
  for (const { sheet, cell, found, says, stops } of form.remarks)
    terminal.say({
      zh: `${stops ? '✗' : '·'} ${sheet}!${cell} “${found}”：${says.zh}`,
      en: `${stops ? '✗' : '·'} ${sheet}!${cell} “${found}”: ${says.en}`,
    });
  const isUsable = form.remarks.every(({ stops }) => !stops);
  terminal.result({ ...form, usable: isUsable });
  return isUsable ? exitCodes.done : exitCodes.found;
}
