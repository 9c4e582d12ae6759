import { balanceFields } from '#domain/balance/school/school.ts';
import { type ConditionPart, isFilled, type PickedSubject, readCondition } from '#domain/balance/standard/condition.ts';
import type { Comparison } from '#domain/formula/syntax.ts';
import { schoolType, schoolTypes } from '#domain/org/school-type.ts';
import { sponsorWords } from '#domain/org/sponsor.ts';
import type { Choice } from '#web/shared/kit/choice/choice.ts';

/** What a condition may pick by name; a type is found by the code that the statistics give it as well. */
export const valueChoices: Readonly<Record<PickedSubject, ReadonlyArray<Choice<string>>>> = {
  办学类型: [...schoolTypes.values()].map(({ code, name }) => ({ value: code, label: name, terms: code })),
  举办者: sponsorWords.map((word) => ({ value: word, label: word })),
};

export const comparisonWords: Readonly<Record<Comparison, string>> = {
  '<': '小于',
  '≤': '不超过',
  '=': '等于',
  '≥': '不少于',
  '>': '大于',
  '≠': '不等于',
};

/** The figures that are offered, with their units. A formula of a level writes 在校生数 for the section's own field. */
export const figureUnits: ReadonlyMap<string, string> = new Map(
  balanceFields.flatMap(({ name, type, unit }) =>
    type === 'number' ? [[name.replace(/^(?:小学|初中)/, ''), unit ?? ''] as const] : [],
  ),
);

/** A condition in words; null where only its formula can say it. */
export function conditionText(when: string): string | null {
  const parts = readCondition(when);
  return parts === null || parts.length === 0 ? null : parts.map(partText).join('，并且');
}

/** What is still to be entered in a part; null where it is filled. */
export function partFault(part: ConditionPart): string | null {
  if (isFilled(part)) return null;
  if (part.kind === 'figure') return `请填${part.field}与多少比较，例如 50`;
  return `请至少选一个${part.subject}；不需要这一项时点“去掉”`;
}

function partText(part: ConditionPart): string {
  if (part.kind === 'figure') {
    const unit = figureUnits.get(part.field) ?? '';
    return `${part.field}${comparisonWords[part.operator]} ${part.value}${unit && ` ${unit}`}`;
  }
  const names = part.values.map((value) => (part.subject === '办学类型' ? (schoolType(value)?.name ?? value) : value));
  return `${part.subject}${part.not ? '不是' : '是'}${names.join('、')}`;
}
