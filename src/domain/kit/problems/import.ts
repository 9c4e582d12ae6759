import { groupedNumber } from '../number-text.ts';

/** Refusals of imported tables, for every feature. */
export const importProblems = {
  'import.notWorkbook': {
    status: 422,
    kind: 'input',
    sentence: (details: { what: string; wayOut: string }) =>
      `这个文件不是 .xlsx 或 .xls 工作簿（${details.what}），改扩展名不能改变文件内容；${details.wayOut}。`,
  },
  'import.passwordProtected': {
    status: 422,
    kind: 'input',
    sentence: () => '这个工作簿设有打开密码，系统无法读取；请在 Excel 或 WPS 中取消密码后重新上传。',
  },
  'import.damaged': {
    status: 422,
    kind: 'input',
    sentence: (details?: { what: string }) =>
      `这个工作簿已损坏${details ? `（${details.what}）` : ''}，无法读取；请在 Excel 或 WPS 中打开并另存为 .xlsx 后重新上传。`,
  },
  'import.tooLarge': {
    status: 422,
    kind: 'input',
    sentence: (details: { limit: string; where?: string }) =>
      details.where === undefined
        ? `这个工作簿展开后过大（上限 ${details.limit}），不像是填报用的表格；请删去多余的工作表、行和列后重新上传。`
        : `这个工作簿超出可以读取的范围（上限 ${details.limit}）：${details.where} 还有内容；请删去多余的行和列后重新上传。`,
  },
  'import.busy': {
    status: 429,
    kind: 'state',
    sentence: () => '同时上传的表格较多，这一份还没有读取；请半分钟后再上传一次。',
  },
  'import.busyOwn': {
    status: 429,
    kind: 'state',
    sentence: () => '您上传的几份表格还在读取，这一份还没有读取；请等前面的读完后再上传一次。',
  },
  'workbook.busy': {
    status: 429,
    kind: 'state',
    sentence: () => '同时生成的表格较多，这一份还没有生成；请半分钟后再下载一次。',
  },
  'workbook.busyOwn': {
    status: 429,
    kind: 'state',
    sentence: () => '您要下载的几份表格还在生成，这一份还没有生成；请等前面的生成后再下载一次。',
  },
  'import.notTemplate': {
    status: 422,
    kind: 'input',
    sentence: () => '这个工作簿不是系统下载的填报模板（缺少模板标记）；请重新下载模板，把数据填入后上传。',
  },
  'import.oldEdition': {
    status: 422,
    kind: 'input',
    sentence: (details: { found: string; current: string }) =>
      `模板版本是“${details.found}”，本周期使用“${details.current}”；请下载新模板后填写。`,
  },
  'import.otherUnit': {
    status: 422,
    kind: 'input',
    sentence: (details: { found: string; expected: string }) =>
      `这是“${details.found}”的模板，不是“${details.expected}”的；请选对文件，或下载本单位的模板。`,
  },
  'import.otherPeriod': {
    status: 422,
    kind: 'input',
    sentence: (details: { found: string; expected: string }) =>
      `这是${details.found}的模板，不能导入${details.expected}；请下载本学年的模板。`,
  },
  'import.empty': {
    status: 422,
    kind: 'input',
    sentence: () => '表格里没有要写入的内容；请填写后重新上传。',
  },
  'import.expired': {
    status: 409,
    kind: 'state',
    sentence: () => '这次导入的预览已经过期或已经写入，请重新上传表格。',
  },
  'import.hardErrors': {
    status: 422,
    kind: 'input',
    sentence: (details: { count: number }) =>
      `表格还有 ${groupedNumber(details.count)} 处错误，改正后重新上传才能写入；没有写入任何数据。`,
  },
  'import.overtaken': {
    status: 409,
    kind: 'conflict',
    sentence: (details: { count: number; first: string }) =>
      `预览之后有 ${groupedNumber(details.count)} 个单元格已被他人改动或锁定（如${details.first}），没有写入任何数据；请重新上传并核对。`,
  },
  'import.contradicted': {
    status: 409,
    kind: 'conflict',
    sentence: (details: { count: number; first: string }) =>
      `预览之后他人改动了同一份填报的其他数据，与表格中的数不符，共 ${groupedNumber(details.count)} 处（如${details.first}），没有写入任何数据；请核对后重新上传。`,
  },
} as const;
