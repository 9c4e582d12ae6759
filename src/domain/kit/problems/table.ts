const namedLines = 5;

function lineList(lines: readonly number[]): string {
  const rest = lines.length > namedLines ? ` 等 ${lines.length} 行` : ' 行';
  return `第 ${lines.slice(0, namedLines).join('、')}${rest}`;
}

const headingList = (names: readonly string[]): string => names.map((name) => `“${name}”`).join('、');

/** An unreadable cell: its place, and the text that a person sees there. */
interface InCell {
  readonly place: string;
  readonly shown: string;
}

/** Refusals of a table that somebody hands in as Excel or CSV. */
export const tableProblems = {
  'table.fileMissing': {
    status: 404,
    kind: 'input',
    sentence: (details: { fileName: string }) => `找不到文件“${details.fileName}”，或没有读取它的权限`,
  },
  'table.wrongType': {
    status: 422,
    kind: 'input',
    sentence: (details: { fileName: string }) =>
      `“${details.fileName}”不是可以读取的表格：请使用 .xlsx、.xls 或 .csv 文件，仅改扩展名的文件无法读取`,
  },
  'table.encoding': {
    status: 422,
    kind: 'input',
    sentence: (details: { fileName: string }) =>
      `“${details.fileName}”的文字编码无法识别，请另存为 UTF-8 或 GBK（GB18030）编码的 CSV`,
  },
  'table.brokenBytes': {
    status: 422,
    kind: 'input',
    sentence: (details: { fileName: string; lines: readonly number[]; encoding: string }) =>
      `“${details.fileName}”${lineList(details.lines)}有损坏的文字（不是完整的 ${details.encoding} 字符），请在文本编辑器中打开，改正这${details.lines.length > 1 ? '几' : '一'}行后重新保存`,
  },
  'table.nul': {
    status: 422,
    kind: 'input',
    sentence: (details: { fileName: string; line: number }) =>
      `“${details.fileName}”第 ${details.line} 行含有空字符（NUL），不是文字表格；请用 Excel 或 WPS 另存为 CSV 后再用`,
  },
  'table.emptyFile': {
    status: 422,
    kind: 'input',
    /** `hidden`: hidden sheets with content. */
    sentence: (details: { fileName: string; hidden?: readonly string[] }) =>
      details.hidden === undefined || details.hidden.length === 0
        ? `“${details.fileName}”是空的，没有任何内容`
        : `“${details.fileName}”中有内容的工作表${headingList(details.hidden)}是隐藏的，没有读取；请先取消隐藏`,
  },
  'table.tooLarge': {
    status: 422,
    kind: 'input',
    sentence: (details: { fileName: string; limit: string }) =>
      `“${details.fileName}”过大（上限 ${details.limit}），不像是一校一行的表格；请删去多余的行和列后再用`,
  },
  'table.quote': {
    status: 422,
    kind: 'input',
    sentence: (details: { fileName: string; row: number; nextRow: number | undefined }) =>
      `“${details.fileName}”第 ${details.row} 行有一个引号没有配对：${
        details.nextRow === undefined
          ? '从它开始直到文件末尾都被当作一个单元格'
          : `从它到第 ${details.nextRow} 行的引号被当作一个单元格`
      }。请删去这个引号；引号要留在单元格里时，写成两个引号并把整格用引号括起`,
  },
  'table.extraCells': {
    status: 422,
    kind: 'input',
    sentence: (details: {
      fileName: string;
      headings: number;
      rows: ReadonlyArray<{ row: number; cells: number }>;
    }) => {
      const [first] = details.rows;
      return `“${details.fileName}”${lineList(details.rows.map(({ row }) => row))}的格数多于列标题（列标题 ${details.headings} 格，第 ${first?.row} 行 ${first?.cells} 格）：请去掉数字中的逗号（1260，不写 1,260），或把含逗号的整格用引号括起`;
    },
  },
  'table.doubtfulRows': {
    status: 422,
    kind: 'input',
    sentence: (details: { rows: ReadonlyArray<{ row: number; sentence: string }> }) => {
      const shown = details.rows.slice(0, 20).map(({ sentence }) => sentence);
      const rest = details.rows.length - shown.length;
      return `有 ${details.rows.length} 行无法确定是不是学校：\n${shown.join('\n')}${rest > 0 ? `\n……还有 ${rest} 行` : ''}`;
    },
  },
  'table.headingsMissing': {
    status: 422,
    kind: 'input',
    sentence: (details: {
      fileName: string;
      headings: readonly string[];
      /** The sheets that were searched for them; empty for CSV. */
      sheets: readonly string[];
      /** Missing headings that stand in another row than the others. */
      elsewhere: ReadonlyArray<{ heading: string; address: string }>;
    }) => {
      const sheets = details.sheets.length === 0 ? '' : `的工作表${headingList(details.sheets)}`;
      const other = details.elsewhere.map(({ heading, address }) => `“${heading}”在 ${address}`).join('、');
      const row = other === '' ? '' : `；其中${other}，请把列标题写在同一行`;
      return `“${details.fileName}”${sheets}缺少列标题 ${headingList(details.headings)}${row}`;
    },
  },
  'table.headingTwice': {
    status: 422,
    kind: 'input',
    sentence: (details: { heading: string; addresses: readonly string[] }) =>
      `列标题“${details.heading}”出现了不止一次（${details.addresses.join('、')}），请保留一列`,
  },
  'table.cells': {
    status: 422,
    kind: 'input',
    sentence: (details: { issues: ReadonlyArray<{ address: string; message: string }> }) => {
      const shown = details.issues.slice(0, 20).map(({ address, message }) => `${address}：${message}`);
      const rest = details.issues.length - shown.length;
      return `表格中有 ${details.issues.length} 处问题：\n${shown.join('\n')}${rest > 0 ? `\n……还有 ${rest} 处` : ''}`;
    },
  },
  'table.cellError': {
    status: 422,
    kind: 'input',
    sentence: (details: InCell) => `${details.place}是公式错误 ${details.shown}，请改正公式或直接填写`,
  },
  'table.cellDate': {
    status: 422,
    kind: 'input',
    sentence: (details: InCell) =>
      `${details.place}是日期 ${details.shown}，不是数或文字，请把单元格格式改为“常规”或“文本”后重新填写`,
  },
  'table.cellTruth': {
    status: 422,
    kind: 'input',
    sentence: (details: InCell) => `${details.place}是逻辑值 ${details.shown}，不是数或文字，请直接填写`,
  },
  'table.cellNotANumber': {
    status: 422,
    kind: 'input',
    sentence: (details: InCell) => `${details.place}标为数字，内容却是“${details.shown}”，请重新填写`,
  },
  'table.cellNoResult': {
    status: 422,
    kind: 'input',
    sentence: (details: InCell) =>
      `${details.place}是公式（${details.shown}），文件里没有保存它的结果，请用 Excel 或 WPS 打开并保存一次，或直接填写结果`,
  },
  'table.cellCovered': {
    status: 422,
    kind: 'input',
    sentence: (details: InCell) =>
      `${details.place}被合并单元格遮住，看不见，里面却有“${details.shown}”，请取消合并后逐格填写，或清除被遮住的内容`,
  },
  'table.cellDigits': {
    status: 422,
    kind: 'input',
    sentence: (details: InCell) =>
      `${details.place}的数 ${details.shown} 超过 15 位，电子表格只保留前 15 位，请把单元格格式改为“文本”后重新填写`,
  },
  'table.cellCharacter': {
    status: 422,
    kind: 'input',
    sentence: (details: { place: string; kind: 'half-character' | 'control-character'; character: string }) => {
      const what = details.kind === 'half-character' ? '残缺的字符' : '看不见的控制字符';
      return `${details.place}里有${what}（${details.character}），无法保存，请删去后重新输入`;
    },
  },
  'table.cellCut': {
    status: 422,
    kind: 'input',
    sentence: (details: { place: string; kept: number }) =>
      `${details.place}里的文字过长，只读取了前 ${details.kept} 个字，请缩短后重新填写`,
  },
  'table.counties': {
    status: 422,
    kind: 'input',
    sentence: (details: { counties: readonly string[] }) =>
      `表中有 ${details.counties.length} 个县级单位（${details.counties.join('、')}），请用 --county 指定其中一个`,
  },
  'table.countyUnknown': {
    status: 422,
    kind: 'input',
    sentence: (details: { county: string; counties: readonly string[] }) =>
      `表中没有县级单位“${details.county}”，只有 ${details.counties.join('、') || '空白'}`,
  },
  'table.empty': {
    status: 422,
    kind: 'input',
    sentence: (details: { fileName: string }) => `“${details.fileName}”中没有数据行`,
  },
} as const;
