import { type CellValue, enteredFields } from '#domain/filing/catalogue.ts';
import { readCatalogue } from '#domain/filing/read-catalogue.ts';
import edition from '../../reference/catalogues/resource-2025.json' with { type: 'json' };

/** Valid values for a school of 400 pupils in each of its sections. */
export function soundValues(schoolType: string): Record<string, CellValue> {
  const section = (name: string) => ({
    [`${name}在校生数`]: 400,
    [`${name}班级数`]: 10,
    [`${name}最大班额`]: 45,
    [`${name}随迁子女数`]: 12,
    [`${name}专任教师数`]: 30,
    [`${name}博士学历教师数`]: 0,
    [`${name}硕士学历教师数`]: 2,
    [`${name}本科学历教师数`]: 22,
    [`${name}专科学历教师数`]: 5,
    [`${name}正高级职称教师数`]: 0,
    [`${name}副高级职称教师数`]: 5,
    [`${name}中级职称教师数`]: 15,
    [`${name}初级及未定职级职称教师数`]: 10,
    [`${name}县级以上骨干教师数`]: 6,
    [`${name}体育教师数`]: 2,
    [`${name}音乐教师数`]: 1,
    [`${name}美术教师数`]: 1,
    [`${name}艺术教师数`]: 0,
  });
  const all: Record<string, CellValue> = {
    ...section('小学'),
    ...section('初中'),
    附设班类型: '无',
    附设班在校生数: 0,
    教学及辅助用房面积: 4400,
    室内体育用房面积: 300,
    运动场地面积: 6500,
    教学仪器设备值: 196.5,
    计算机台数: 90,
    图书册数: 15000,
    网络多媒体教室数: 14,
  };
  const keys = enteredFields(readCatalogue(edition), { schoolType }).map((field) => field.key);
  return Object.fromEntries(keys.map((key) => [key, all[key] ?? null]));
}
