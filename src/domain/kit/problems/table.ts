const headingList = (names: readonly string[]): string => names.map((name) => `“${name}”`).join('、');

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
  'table.headingsMissing': {
    status: 422,
    kind: 'input',
    sentence: (details: { fileName: string; headings: readonly string[] }) =>
      `“${details.fileName}”缺少列标题 ${headingList(details.headings)}`,
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
