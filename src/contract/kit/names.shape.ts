import { z } from 'zod';
import { nameFault } from '#domain/text/name-folding.ts';

/**
 * A typed name: trimmed, of `minimum` to `maximum` characters. Characters that nobody sees or finds (zero-width signs,
 * line breaks, control characters, compatibility forms) are refused with a sentence.
 * @param what the word for the name in the sentence: 学校名称, 姓名
 */
function nameOf(what: string, minimum: number, maximum: number) {
  return z
    .string()
    .trim()
    .min(minimum, minimum > 1 ? `${what}至少 ${minimum} 个字` : `请填写${what}`)
    .max(maximum, `${what}最多 ${maximum} 个字`)
    .superRefine((name, context) => {
      const fault = nameFault(name, what);
      if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
    });
}

export const personName = nameOf('姓名', 1, 40);
export const contactName = nameOf('责任人姓名', 1, 20);
export const schoolName = nameOf('学校名称', 2, 60);
export const unitName = nameOf('单位名称', 2, 40);
export const unitShortName = nameOf('单位简称', 1, 10);
export const findingKindName = nameOf('类别名称', 2, 20);
export const roleName = nameOf('角色名称', 1, 20);
export const tokenName = nameOf('令牌名称', 1, 60);
export const standardTitle = nameOf('标准名称', 1, 100);
export const indicatorName = nameOf('指标名称', 1, 100);
export const indicatorShortName = nameOf('指标简称', 1, 20);
