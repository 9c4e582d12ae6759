import type { SchoolLevel } from './school-level.ts';

/** The kind of a school for the balance standards and the directory. */
export type SchoolCategory =
  | 'kindergarten'
  | 'ordinary'
  | 'teaching-site'
  | 'attached-classes'
  | 'vocational'
  | 'reform'
  | 'special';

/** One line of 学校办学类型: `levels` are the sections that such a school has by its nature. */
export interface SchoolType {
  readonly code: string;
  readonly name: string;
  readonly category: SchoolCategory;
  readonly levels: readonly SchoolLevel[];
}

function type(code: string, name: string, category: SchoolCategory, ...levels: SchoolLevel[]): SchoolType {
  return { code, name, category, levels };
}

/**
 * 学校办学类型 (three digits) of the education statistics. Special schools teach primary and junior pupils, not
 * necessarily both; 专门学校 teach junior pupils as a rule.
 */
export const schoolTypes: ReadonlyMap<string, SchoolType> = new Map(
  [
    type('111', '幼儿园', 'kindergarten', 'preschool'),
    type('119', '附设幼儿班', 'attached-classes', 'preschool'),
    type('211', '小学', 'ordinary', 'primary'),
    type('218', '小学教学点', 'teaching-site', 'primary'),
    type('219', '附设小学班', 'attached-classes', 'primary'),
    type('311', '初级中学', 'ordinary', 'junior'),
    type('312', '九年一贯制学校', 'ordinary', 'primary', 'junior'),
    type('319', '附设普通初中班', 'attached-classes', 'junior'),
    type('321', '职业初中', 'vocational', 'junior'),
    type('341', '完全中学', 'ordinary', 'junior', 'senior'),
    type('342', '高级中学', 'ordinary', 'senior'),
    type('345', '十二年一贯制学校', 'ordinary', 'primary', 'junior', 'senior'),
    type('349', '附设普通高中班', 'attached-classes', 'senior'),
    type('361', '调整后中等职业学校', 'vocational', 'senior'),
    type('362', '中等技术学校', 'vocational', 'senior'),
    type('363', '中等师范学校', 'vocational', 'senior'),
    type('364', '成人中等专业学校', 'vocational', 'senior'),
    type('365', '职业高中学校', 'vocational', 'senior'),
    type('366', '技工学校', 'vocational', 'senior'),
    type('367', '附设中职班', 'vocational', 'senior'),
    type('368', '其他中职机构', 'vocational', 'senior'),
    type('371', '专门学校', 'reform', 'junior'),
    type('511', '盲人学校', 'special', 'primary', 'junior'),
    type('512', '聋人学校', 'special', 'primary', 'junior'),
    type('513', '培智学校', 'special', 'primary', 'junior'),
    type('514', '其他特教学校', 'special', 'primary', 'junior'),
    type('519', '附设特教班', 'special', 'primary', 'junior'),
  ].map((line) => [line.code, line]),
);

/** The one 办学类型 of kindergartens in the register; every other entry is a school. */
export const kindergartenType = '111';

/** The type of a code, or undefined for a code that the statistics do not know. */
export function schoolType(code: string): SchoolType | undefined {
  return schoolTypes.get(code);
}
