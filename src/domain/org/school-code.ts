const classes: ReadonlySet<string> = new Set([
  ...['11', '21', '22', '31', '32', '33', '34', '35', '36', '37', '41', '42', '51', '91', '92', '93'],
]);

/** Two-digit province parts of GB/T 2260. */
const provinces: ReadonlySet<string> = new Set([
  ...['11', '12', '13', '14', '15', '21', '22', '23', '31', '32', '33', '34', '35', '36', '37', '41', '42', '43'],
  ...['44', '45', '46', '50', '51', '52', '53', '54', '61', '62', '63', '64', '65', '71', '81', '82'],
]);

/**
 * The text on a screen or on paper for a school without a 学校标识码. In a table that a program reads the cell stays empty.
 */
const noSchoolCode = '—（暂无标识码）';

/** The 学校标识码 as people read it, also where it is the mark of a run of figures. */
export function schoolCodeText(code: string | null): string {
  return code === null || isMark(code) ? noSchoolCode : code;
}

/** Whether a cell in the column of codes says that the school has none yet: 暂无标识码, in whatever brackets. */
export function saysNoSchoolCode(text: string): boolean {
  return text.includes('暂无标识码');
}

/**
 * The internal key of a school in a run of figures or a hash; nobody reads it there. It is the school's 学校标识码, or a
 * mark with its number if it has no code. A code consists of digits alone, so a code and a mark are never confused.
 */
export function codeOrMark(code: string | null, schoolId: number): string {
  return code ?? `#${schoolId}`;
}

/** The content of the column of codes in a table that a program reads; null if a school has no code. */
export function codeOfMark(codeOrMark: string): string | null {
  return isMark(codeOrMark) ? null : codeOrMark;
}

function isMark(code: string): boolean {
  return code.startsWith('#');
}

/**
 * Checks a 学校（机构）标识码: ten digits, AA class, BB province, CCCCCC serial; no check digit is documented
 * (各级各类学校（机构）代码编制规则). Returns what is wrong as a sentence, or undefined. With `province` the code must
 * also belong there (`35` for 福建). The class may be older than the school's present type: never derive the type from
 * it.
 */
export function schoolCodeFault(code: string, province?: string): string | undefined {
  if (!/^\d{10}$/.test(code)) return `学校标识码“${code}”应为 10 位数字`;
  const [kind, area] = [code.slice(0, 2), code.slice(2, 4)];
  if (!classes.has(kind)) return `学校标识码“${code}”的前两位“${kind}”不是学校类别代码`;
  if (!provinces.has(area)) return `学校标识码“${code}”的第三、四位“${area}”不是省级行政区划代码`;
  if (province !== undefined && area !== province) return `学校标识码“${code}”的第三、四位“${area}”应为“${province}”`;
  if (code.slice(4) === '000000') return `学校标识码“${code}”的顺序号不能全为 0`;
  return undefined;
}
