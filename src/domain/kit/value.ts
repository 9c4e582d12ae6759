/**
 * Why there is no number. A missing number is never zero: it keeps its reason until somebody reads it.
 * `not-filed` nobody has entered it yet; `not-applicable` this kind of school has no such thing; `division-by-zero` and
 * `out-of-range` arose while computing; `no-schools`, `zero-mean` and `negative-mean` belong to a whole county;
 * `suppressed-small-n` too few to be shown.
 */
export type MissingReason =
  | 'not-filed'
  | 'not-applicable'
  | 'division-by-zero'
  | 'out-of-range'
  | 'no-schools'
  | 'zero-mean'
  | 'negative-mean'
  | 'suppressed-small-n';

/** A missing number: the reason and the fields (catalogue names) that cause it. */
export interface Missing {
  readonly missing: MissingReason;
  readonly fields: readonly string[];
}

/** A number, or the reason why there is none. */
export type Value = number | Missing;

const sentences: Readonly<Record<MissingReason, string>> = {
  'not-filed': '未填报',
  'not-applicable': '不适用',
  'division-by-zero': '除数为零',
  'out-of-range': '数值超出可计算范围',
  'no-schools': '没有可参与计算的学校',
  'zero-mean': '平均值为零，差异系数无法计算',
  'negative-mean': '平均值为负，差异系数无法计算，请核对数据',
  'suppressed-small-n': '样本过少，不予显示',
};

/** Makes a missing value; `fields` are the catalogue names that lack a number. */
export function missing(reason: MissingReason, fields: readonly string[] = []): Missing {
  return { missing: reason, fields };
}

/** True where there is a reason instead of a number. */
export function isMissing(value: unknown): value is Missing {
  return typeof value === 'object' && value !== null && 'missing' in value;
}

/** The phrases of several reasons, each reason once with the fields of all: `未填报：图书册数；除数为零：计算机台数`. */
export function missingSentences(values: readonly Missing[]): string {
  const reasons = [...new Set(values.map((value) => value.missing))];
  return reasons
    .map((reason) => {
      const fields = values.flatMap((value) => (value.missing === reason ? value.fields : []));
      return missingSentence(missing(reason, [...new Set(fields)]));
    })
    .join('；');
}

/** The causes by name: the fields if they are known, else the reason itself. */
export function namesInTheWay(value: Missing): readonly string[] {
  return value.fields.length > 0 ? value.fields : [missingSentence(value)];
}

/** The Chinese phrase for a reason, with the fields where they are known: `未填报：图书册数、计算机台数`. */
export function missingSentence(value: Missing): string {
  const sentence = sentences[value.missing];
  return value.fields.length > 0 ? `${sentence}：${value.fields.join('、')}` : sentence;
}
