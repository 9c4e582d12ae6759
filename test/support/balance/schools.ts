import type { BalanceSchool } from '#domain/balance/school/school.ts';
import { readStandardJson, shippedStandard } from '../../reference/read-examples.ts';

/** The two shipped standards, ready to run. */
export const basic = shippedStandard('basic-2012');
export const quality = shippedStandard('quality-2017');

/** The JSON of a standard with its lists writable. */
export interface EditableStandard extends Record<string, unknown> {
  indicators: Array<Record<string, unknown>>;
  exclusions: Array<Record<string, unknown>>;
  assumptions: Array<Record<string, unknown>>;
}

/** A shipped standard as parsed JSON, a new copy each time. */
export const standardJson = (key: string) => readStandardJson(key) as EditableStandard;

const teachers = (prefix: string, heads: number) => ({
  [`${prefix}专任教师数`]: Math.round(heads * 0.08),
  [`${prefix}高于规定学历教师数`]: Math.round(heads * 0.07),
  [`${prefix}中级及以上职称教师数`]: Math.round(heads * 0.04),
  [`${prefix}县级以上骨干教师数`]: Math.round(heads * 0.015),
  [`${prefix}体育艺术专任教师数`]: Math.round(heads * 0.012),
});

/** A well-equipped school; its material grows with its weighted number of pupils. */
export function school(
  code: string,
  type: string,
  heads: { p?: number; j?: number; s?: number },
  more: object = {},
): BalanceSchool {
  const { p = 0, j = 0, s = 0 } = heads;
  const weighted = p + 1.1 * j + 1.32 * s;
  const { sponsor = '县', ...values } = more as { sponsor?: BalanceSchool['sponsor'] };
  return {
    code,
    name: `示例${code}`,
    type,
    sponsor,
    values: {
      ...(heads.p === undefined ? {} : { 小学在校生数: p, ...teachers('小学', p) }),
      ...(heads.j === undefined ? {} : { 初中在校生数: j, ...teachers('初中', j) }),
      ...(heads.s === undefined ? {} : { 高中在校生数: s }),
      教学及辅助用房面积: weighted * 7,
      室内体育用房面积: weighted,
      运动场地面积: weighted * 10,
      教学仪器设备值: weighted * 0.3,
      计算机台数: Math.ceil(weighted * 0.2),
      图书册数: Math.ceil(weighted * 30),
      网络多媒体教室数: Math.ceil(weighted * 0.03),
      ...values,
    },
  };
}

/** A county whose schools pass both standards, 小学 A B C and 初中 C D E. */
export const complete = [
  school('A', '211', { p: 400 }),
  school('B', '211', { p: 900 }),
  school('C', '312', { p: 300, j: 200 }),
  school('D', '311', { j: 500 }),
  school('E', '341', { j: 400, s: 600 }),
];
