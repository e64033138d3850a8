import { defineProblems } from '../../kernel/problem.ts';

export const workbookProblems = defineProblems({
  'workbook.no_file': {
    status: 404,
    title: { zh: '找不到文件“{file}”', en: 'There is no file “{file}”' },
    hint: { zh: '请核对文件名和所在的文件夹。', en: 'Look at its name and folder again.' },
  },
  'workbook.not_a_table': {
    status: 422,
    title: { zh: '这不是表格文件', en: 'This is no table' },
    hint: {
      zh: '能读 xlsx、xls、xlsm、ods、csv，以及网页导出的“xls”。请在表格软件里另存为 xlsx 再试。',
      en: 'xlsx, xls, xlsm, ods, csv and web pages called xls can be read. Save it as xlsx and try again.',
    },
  },
  'workbook.encrypted': {
    status: 422,
    title: { zh: '文件有打开密码', en: 'The file is locked with a password' },
    hint: { zh: '请在表格软件里取消密码、保存，再试。', en: 'Take the password off, save it and try again.' },
  },
  'workbook.damaged': {
    status: 422,
    title: { zh: '文件已损坏，读不下去', en: 'The file is damaged' },
    hint: {
      zh: '请用表格软件打开它，另存一份再试；原文件没有改动。',
      en: 'Open it in a spreadsheet program and save a copy; the file itself was not changed.',
    },
  },
  'workbook.too_big': {
    status: 413,
    title: { zh: '文件太大，或者展开后太大', en: 'The file is too big, or becomes so when unpacked' },
    hint: {
      zh: '最多 10 秒、512 MB 内存。请删去空行、图片和不用的工作表，或分成几份。',
      en: 'It has 10 seconds and 512 MB. Take out empty rows, pictures and unused sheets, or split it.',
    },
  },
  'workbook.cannot_mark': {
    status: 422,
    title: {
      zh: '文件的写法少见，不能在原文件里标注',
      en: 'The file is made in an unusual way and cannot be marked as it is',
    },
    hint: {
      zh: '请用 WPS 或 Excel 打开它，另存为 xlsx，再上传；原文件没有改动。',
      en: 'Open it in a spreadsheet program, save it as xlsx and upload it again; the file itself was not changed.',
    },
  },
  'workbook.no_room': {
    status: 422,
    title: { zh: '表格右边没有空列可以写原因', en: 'There is no empty column beside the table for the reasons' },
    hint: {
      zh: '请拆开一直合并到最右边的单元格，或删去最右边的内容，再上传；原文件没有改动。',
      en: 'Split cells merged as far as the right edge, or clear what stands there; the file itself was not changed.',
    },
  },
});
