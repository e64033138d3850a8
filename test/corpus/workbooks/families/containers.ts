import { people } from '../invented.ts';
import { type OldSheet, separated, xls } from '../older.ts';
import { type Made, one, table } from '../truth.ts';
import { escaped, type Sheet, sheet1, xlsx } from '../xlsx.ts';
import { part, zip } from '../zip.ts';

const head = '序号 姓名 性别 身份证号 联系电话 所属网格'.split(' ');
const heads = [
  '序号=row.number',
  '姓名=person.name',
  '性别=person.sex',
  '身份证号=person.id_number',
  '联系电话=person.phone',
  '所属网格=place.grid',
];
const some = (count: number, from = 0) => people(count, 'no name sex id phone grid', from);
const grid = [head, ...some(8)];
const plain = one('Sheet1', 'A1:F9', heads, 8);
const made = (name: string, ...said: Parameters<typeof sheet1>): Made => ({
  name,
  make: () => sheet1(...said),
  truth: plain,
});
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const validation = (inside: string, count = 1): string =>
  `<dataValidations count="${count}">${inside}</dataValidations>`;
const x14 = `<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"><x14:dataValidations xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" count="1"><x14:dataValidation type="list" allowBlank="1"><x14:formula1><xm:f>字典!$A$1:$A$3</xm:f></x14:formula1><xm:sqref>F2:F1048576</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>`;
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const picture = { name: 'xl/media/image1.png', data: pixel };
const png = '<Default Extension="png" ContentType="image/png"/>';
const photoHead = ['序号', '隐患位置', '隐患内容', '整改前照片', '整改后照片'];
const photoTrue = ['序号=row.number', '隐患位置=place.site', '隐患内容=hazard.words', '整改前照片', '整改后照片'];
const displayed = (id: string) => ({ f: `_xlfn.DISPIMG("${id}",1)`, v: `=DISPIMG("${id}",1)` });
const drawing =
  '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:twoCellAnchor><xdr:from><xdr:col>3</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>4</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>2</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>';

const oldGrid: OldSheet = { name: '名册', grid: [['石桥社区居民花名册'], head, ...some(6)], merges: [[0, 0, 0, 5]] };
const lists: Sheet = { name: '字典', state: 'hidden', grid: [['第一网格'], ['第二网格'], ['第三网格']] };

function ods(): Uint8Array {
  const cells = (row: readonly unknown[]): string =>
    row
      .map((cell) =>
        typeof cell === 'number'
          ? `<table:table-cell office:value-type="float" office:value="${cell}"><text:p>${cell}</text:p></table:table-cell>`
          : `<table:table-cell office:value-type="string"><text:p>${escaped(String(cell ?? ''))}</text:p></table:table-cell>`,
      )
      .join('');
  const namespaces = ['office', 'table', 'text'].map(
    (it) => `xmlns:${it}="urn:oasis:names:tc:opendocument:xmlns:${it}:1.0"`,
  );
  const type = 'application/vnd.oasis.opendocument.spreadsheet';
  return zip([
    part('mimetype', type),
    part(
      'META-INF/manifest.xml',
      `<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="${type}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>`,
    ),
    part(
      'content.xml',
      `<?xml version="1.0" encoding="UTF-8"?><office:document-content ${namespaces.join(' ')} office:version="1.2"><office:body><office:spreadsheet><table:table table:name="Sheet1">${grid.map((row) => `<table:table-row>${cells(row)}</table:table-row>`).join('')}<table:table-row table:number-rows-repeated="1048567"><table:table-cell table:number-columns-repeated="1024"/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>`,
    ),
  ]);
}

/** The same small roster in every box that programs put it in, and what WPS, offices and exporters add to it. */
export const containers: readonly Made[] = [
  made('box-inline-words.xlsx', grid, {}, { inline: true }),
  made('box-without-styles.xlsx', grid, {}, { bare: true, inline: true }),
  made('box-prefixed.xlsx', grid, {}, { prefix: true }),
  made('box-strict.xlsx', grid, {}, { strict: true }),
  made('box-absolute-targets.xlsx', grid, {}, { absolute: true }),
  made('box-backslashes.xlsx', grid, {}, { backslash: true }),
  made('box-stored.xlsx', grid, {}, { stored: true }),
  made('box-sizes-behind.xlsx', grid, {}, { sizesBehind: true }),
  made('box-cells-without-addresses.xlsx', grid, { unaddressed: true }),
  made('box-dimension-says-a1.xlsx', grid, { dimension: 'A1' }),
  made('box-dimension-says-everything.xlsx', grid, { dimension: 'A1:XFD1048576' }),
  made(
    'box-macros.xlsm',
    grid,
    {},
    {
      macro: true,
      types: '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>',
      bookLinks:
        '<Relationship Id="rId950" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/>',
      parts: [{ name: 'xl/vbaProject.bin', data: Buffer.alloc(2048, 7) }],
    },
  ),
  made('box-called-xls.xls', grid),
  made(
    'box-external-links.xlsx',
    [
      ...grid.slice(0, 8),
      [
        8,
        { f: '[1]名册!$B$9', v: '卫某丙' },
        '女',
        { f: '[1]名册!$D$9', v: '990001198706220214' },
        '19900001259',
        '第四网格',
      ],
    ],
    {},
    {
      workbookTail: '<externalReferences><externalReference r:id="rId960"/></externalReferences>',
      bookLinks: `<Relationship Id="rId960" Type="${office}/externalLink" Target="externalLinks/externalLink1.xml"/>`,
      parts: [
        part(
          'xl/externalLinks/externalLink1.xml',
          '<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>',
        ),
        part(
          'xl/externalLinks/_rels/externalLink1.xml.rels',
          `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${office}/externalLinkPath" Target="file:///D:/invented.xlsx" TargetMode="External"/></Relationships>`,
        ),
      ],
    },
  ),
  made('lists-whole-columns.xlsx', grid, {
    after: validation(
      ['C', 'F', 'G', 'H']
        .map(
          (at) =>
            `<dataValidation type="list" allowBlank="1" sqref="${at}1:${at}1048576"><formula1>"男,女"</formula1></dataValidation>`,
        )
        .join(''),
      4,
    ),
  }),
  made('lists-every-column.xlsx', grid, {
    after: validation(
      '<dataValidation type="list" allowBlank="1" sqref="A1:XFD1048576"><formula1>"是,否"</formula1></dataValidation>',
    ),
  }),
  {
    name: 'lists-cascading.xlsx',
    make: () =>
      xlsx({
        sheets: [
          {
            name: '填报',
            grid: [['序号', '镇街', '村社区', '姓名', '联系电话'], ...people(6, 'no town community name phone')],
            after: validation(
              '<dataValidation type="list" sqref="B2:B1000"><formula1>镇街</formula1></dataValidation><dataValidation type="list" sqref="C2:C1000"><formula1>INDIRECT($B2)</formula1></dataValidation>',
              2,
            ),
          },
          {
            name: 'list',
            state: 'hidden',
            grid: [
              ['样例镇', '石桥社区', '柳湾社区'],
              ['云样镇', '甲村', '乙村'],
            ],
          },
        ],
        names:
          '<definedName name="镇街">list!$A$1:$A$2</definedName><definedName name="样例镇">list!$B$1:$C$1</definedName><definedName name="云样镇">list!$B$2:$C$2</definedName>',
      }),
    truth: one(
      '填报',
      'A1:E7',
      ['序号=row.number', '镇街=place.town', '村社区=place.community', '姓名=person.name', '联系电话=person.phone'],
      6,
    ),
  },
  { name: 'lists-x14.xlsx', make: () => xlsx({ sheets: [{ name: 'Sheet1', grid, after: x14 }, lists] }), truth: plain },
  {
    name: 'pictures-in-cells-wps.xlsx',
    make: () =>
      sheet1(
        [
          photoHead,
          ...people(4, 'no site hazard').map((row, i) => [
            ...row,
            displayed(`ID_${i}A0B1C2D3E4F5`),
            displayed(`ID_${i}F5E4D3C2B1A0`),
          ]),
        ],
        {},
        {
          types: png,
          bookLinks:
            '<Relationship Id="rId970" Type="http://www.wps.cn/officeDocument/2020/cellImage" Target="cellimages.xml"/>',
          parts: [
            picture,
            part(
              'xl/cellimages.xml',
              '<etc:cellImages xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"/>',
            ),
            part(
              'xl/_rels/cellimages.xml.rels',
              `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${office}/image" Target="media/image1.png"/></Relationships>`,
            ),
          ],
        },
      ),
    truth: one('Sheet1', 'A1:E5', photoTrue, 4),
  },
  {
    name: 'pictures-floating.xlsx',
    make: () =>
      sheet1(
        [photoHead, ...people(4, 'no site hazard blank blank')],
        {
          after: '<drawing r:id="rId1"/>',
          links: `<Relationship Id="rId1" Type="${office}/drawing" Target="../drawings/drawing1.xml"/>`,
        },
        { types: png, parts: [picture, part('xl/drawings/drawing1.xml', drawing)] },
      ),
    truth: one('Sheet1', 'A1:E5', photoTrue, 4),
  },
  {
    name: 'wide-one-value-in-xfd.xlsx',
    make: () => sheet1(grid, { strays: { XFD3: '误填' }, dimension: 'A1:XFD9' }),
    truth: plain,
  },
  {
    name: 'wide-styled-to-xfd.xlsx',
    make: () =>
      sheet1(grid, {
        before: '<cols><col min="1" max="16384" width="9"/></cols>',
        strays: { XFD1: '', XFD9: '', XFD1048576: '' },
      }),
    truth: plain,
  },
  {
    name: 'long-100000-rows.xlsx',
    make: () => sheet1([head, ...some(100_000)]),
    truth: one('Sheet1', 'A1:F100001', heads, 100_000),
  },
  {
    name: 'many-sheets.xlsx',
    make: () =>
      xlsx({
        sheets: Array.from({ length: 12 }, (_, at) => ({ name: `第${at + 1}网格`, grid: [head, ...some(3, at * 3)] })),
      }),
    truth: { tables: Array.from({ length: 12 }, (_, at) => table(`第${at + 1}网格`, 'A1:F4', heads, 3)) },
  },
  { name: 'old-excel.xls', make: () => xls([oldGrid]), truth: one('名册', 'A2:F8', heads, 6) },
  { name: 'old-wps.et', make: () => xls([oldGrid]), truth: one('名册', 'A2:F8', heads, 6) },
  { name: 'old-called-xlsx.xlsx', make: () => xls([oldGrid]), truth: one('名册', 'A2:F8', heads, 6) },
  {
    name: 'old-two-rows-dates-and-sheets.xls',
    make: () =>
      xls([
        {
          name: '石桥村',
          grid: [
            ['序号', '户主信息', null, '入住时间'],
            [null, '姓名', '联系电话', null],
            ...people(5, 'no name phone serial'),
          ],
          merges: [
            [0, 1, 0, 0],
            [0, 0, 1, 2],
            [0, 1, 3, 3],
          ],
        },
        { name: '柳湾村', grid: [head, ...some(3)] },
      ]),
    truth: {
      tables: [
        table(
          '石桥村',
          'A1:D7',
          [
            '序号=row.number',
            '户主信息/姓名=household.head_name',
            '户主信息/联系电话=household.head_phone',
            '入住时间=person.moved_in_on',
          ],
          5,
        ),
        table('柳湾村', 'A1:F4', heads, 3),
      ],
    },
  },
  { name: 'open-document.ods', make: ods, truth: plain },
  {
    name: 'box-words-apart-from-labels.xlsx',
    make: () =>
      sheet1(
        [head, ...some(8)],
        {},
        { parts: [part('docProps/app.xml', `<Properties>${separated(grid)}</Properties>`)] },
      ),
    truth: plain,
  },
];
