import type { Reading } from '../../formula/evaluate.ts';
import type { FormulaField } from '../../formula/vocabulary.ts';
import type { Day } from '../../kit/school-year.ts';
import type { Missing } from '../../kit/value.ts';
import { codeOfMark } from '../../org/school-code.ts';
import type { SponsorWord } from '../../org/sponsor.ts';

/** One school as a balance run sees it: the year's frozen register entry and its approved figures. */
export interface BalanceSchool {
  /** 学校标识码, or a mark where the school has none: `codeOrMark`. */
  readonly code: string;
  readonly name: string;
  /** 办学类型; null where nobody has entered it. */
  readonly type: string | null;
  /** 举办者 and 办别 in one word; null if nobody has entered them. */
  readonly sponsor: SponsorWord | null;
  /** What was filed by catalogue name (`小学在校生数`, `图书册数`); absent, null and Missing are all "missing", never zero. */
  readonly values: Readonly<Record<string, number | string | null | undefined | Missing>>;
  /** False where the school owes a filing and none has been approved; default true. */
  readonly filed?: boolean;
  /** The day on which it was added to the frozen register of the year; absent for the register itself. */
  readonly addedOn?: Day;
}

const people = (name: string): FormulaField => ({ name, type: 'number', unit: '人' });
const sectionTeachers = [
  '专任教师数',
  '高于规定学历教师数',
  '中级及以上职称教师数',
  '县级以上骨干教师数',
  '体育艺术专任教师数',
];

/**
 * The headings of the table of `dudao balance` and what the shipped standards name; a revision in the product may name
 * every field of the catalogue. 办学类型 and 举办者 are texts; a formula of a level writes 在校生数 for 小学在校生数 or 初中在校生数.
 */
export const balanceFields: readonly FormulaField[] = [
  { name: '学校标识码', type: 'text' },
  { name: '学校名称', type: 'text' },
  { name: '办学类型', type: 'text' },
  { name: '举办者', type: 'text' },
  ...['小学在校生数', '初中在校生数', '高中在校生数'].map(people),
  { name: '教学及辅助用房面积', type: 'number', unit: '平方米' },
  { name: '室内体育用房面积', type: 'number', unit: '平方米' },
  { name: '运动场地面积', type: 'number', unit: '平方米' },
  { name: '教学仪器设备值', type: 'number', unit: '万元' },
  { name: '计算机台数', type: 'number', unit: '台' },
  { name: '图书册数', type: 'number', unit: '册' },
  { name: '网络多媒体教室数', type: 'number', unit: '间' },
  ...sectionTeachers.map((name) => people(`小学${name}`)),
  ...sectionTeachers.map((name) => people(`初中${name}`)),
];

/** Reads the fields of one school by their names. */
export type SchoolReader = Reading['read'];

/** Reads a field of a school for a formula. */
export function readSchool(school: BalanceSchool): SchoolReader {
  return (name) => {
    if (name === '学校标识码') return codeOfMark(school.code);
    if (name === '学校名称') return school.name;
    if (name === '办学类型') return school.type;
    if (name === '举办者') return school.sponsor;
    return Object.hasOwn(school.values, name) ? school.values[name] : undefined;
  };
}
