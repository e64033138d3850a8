import { defineProblems } from '../../kernel/problem.ts';

export const wordProblems = defineProblems({
  'word.not_docx': {
    status: 422,
    title: { zh: '这不是 docx 文件', en: 'This is no docx file' },
    hint: {
      zh: '用 WPS 或 Word 打开，点“另存为”，类型选“Word 文档（*.docx）”，把新文件传上来。没有保存任何内容。',
      en: 'Open it in a word processor, choose “save as”, type docx, and send the new file. Nothing was saved.',
    },
  },
  'word.encrypted': {
    status: 422,
    title: { zh: 'Word 文件有打开密码', en: 'The document is locked with a password' },
    hint: {
      zh: '请在 WPS 或 Word 里取消打开密码、保存，再传一次。没有保存任何内容。',
      en: 'Take the password off, save it and send it again. Nothing was saved.',
    },
  },
  'word.macros': {
    status: 422,
    title: { zh: '文件里有宏，不收', en: 'There are macros in it; it is not taken' },
    hint: {
      zh: '请另存为不带宏的 docx，再传一次。没有保存任何内容。',
      en: 'Save it as a docx without macros and send it again. Nothing was saved.',
    },
  },
  'word.elsewhere': {
    status: 422,
    title: { zh: '文件一打开就要去别处取东西，不收', en: 'It fetches something from elsewhere when opened' },
    hint: {
      zh: '里面有连到网上的图片、模板或对象。请把它们断开或存进文件里，再传一次。没有保存任何内容。',
      en: 'Pictures, a template or objects in it lie elsewhere. Break these links or embed them. Nothing was saved.',
    },
  },
  'word.damaged': {
    status: 422,
    title: { zh: 'Word 文件已损坏，读不下去', en: 'The document is damaged' },
    hint: {
      zh: '请用 WPS 或 Word 打开，另存一份 docx 再传。没有保存任何内容。',
      en: 'Open it in a word processor, save a copy as docx and send that. Nothing was saved.',
    },
  },
  'word.too_big': {
    status: 413,
    title: { zh: 'Word 文件太大，或者展开后太大', en: 'The document is too big, or becomes so when unpacked' },
    hint: {
      zh: '最多 10 秒、512 MB 内存。请删去图片和不用的内容，或分成几份。没有保存任何内容。',
      en: 'It has 10 seconds and 512 MB. Take out pictures and what is not needed. Nothing was saved.',
    },
  },
  'word.cannot_fill': {
    status: 422,
    title: { zh: '文件的写法少见，不能在原文件里填', en: 'The document is made in an unusual way' },
    hint: {
      zh: '请用 WPS 或 Word 打开，另存为 docx，再传一次；原文件没有改动。',
      en: 'Save it as docx in a word processor and send it again; the file itself was not changed.',
    },
  },
  'word.no_table': {
    status: 422,
    title: { zh: '这个 Word 文件里没有表格', en: 'There is no table in this document' },
    hint: {
      zh: '要填的地方要在表格的格子里；只有文字和下划线的，请先插入表格。没有保存任何内容。',
      en: 'What is filled must be a cell of a table. Nothing was saved.',
    },
  },
  'word.not_recognised': {
    status: 422,
    title: { zh: '有表格，但没有认出要填什么', en: 'There is a table, but nothing in it was recognised' },
    hint: {
      zh: '一览表要有一行表头（至少三列认得，如姓名、性别、身份证号），下面留空行；登记表要有认得的名目，右边或下面留空格。没有保存任何内容。',
      en: 'A list needs labels, three of them known, over empty rows; a form needs known labels with an empty cell beside or below. Nothing was saved.',
    },
  },
  'word.too_many': {
    status: 422,
    title: { zh: '要填 {many}，一个 Word 文件装不下', en: '{many} are too many for one document' },
    hint: {
      zh: '没有做文件。一览表最多 {rows} 行，一人一份的表最多 {copies} 份；请按网格分几次填，或在“填哪些”里写条件。',
      en: 'No file was made. At most {rows} rows of a list or {copies} copies of a form; fill it by grid or add conditions.',
    },
  },
});
