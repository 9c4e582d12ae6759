/** A fault of an edition: the place in the file, the indicator where it lies at one, and a sentence. */
export interface FrameworkIssue {
  readonly path: string;
  readonly code: string | null;
  readonly message: string;
}

type Fault = Pick<FrameworkIssue, 'path' | 'message'> & { readonly code?: string | null };

const sentenceOf = ({ path, code, message }: Fault): string => `${code ? `指标 ${code}` : path}：${message}`;

const firstOf = (faults: readonly Fault[]): string => {
  const [first] = faults;
  if (first === undefined) return '内容为空';
  return sentenceOf(first) + (faults.length > 1 ? `（共 ${faults.length} 处）` : '');
};

/** Every fault, so that a file is mended at once; of very many the first ten. */
const allOf = (faults: readonly Fault[]): string => {
  const shown = faults.slice(0, 10).map(sentenceOf).join('；');
  return faults.length > 10 ? `${shown}（共 ${faults.length} 处）` : shown;
};

/** Refusals of frameworks (指标体系), their editions, conditions and answers. */
export const frameworkProblems = {
  'framework.invalid': {
    status: 422,
    kind: 'input',
    sentence: (details: { key: string; issues: readonly FrameworkIssue[] }) =>
      `指标体系“${details.key}”有误：${firstOf(details.issues)}`,
  },
  'framework.unknown': {
    status: 404,
    kind: 'input',
    sentence: (details: { key: string; known: readonly string[] }) =>
      `没有名为“${details.key}”的指标体系，可用的有 ${details.known.join('、')}`,
  },
  'framework.conditionInvalid': {
    status: 422,
    kind: 'input',
    sentence: (details: { source: string; position: number; length: number; reason: string }) =>
      `条件“${details.source}”第 ${details.position} 个字处：${details.reason}`,
  },
  'framework.answersInvalid': {
    status: 422,
    kind: 'input',
    sentence: (details: { issues: ReadonlyArray<{ path: string; message: string }> }) =>
      `答案有误：${allOf(details.issues)}`,
  },
  'framework.incomplete': {
    status: 409,
    kind: 'state',
    sentence: (details: { key: string; codes: readonly string[] }) =>
      `指标体系“${details.key}”有 ${details.codes.length} 处未见或尚不能计分（${details.codes.slice(0, 5).join('、')}${
        details.codes.length > 5 ? ' 等' : ''
      }），不能用于评估：未见的分值、权重和内容请复制为样本，补全后发布`,
  },
  'framework.relativeAlone': {
    status: 422,
    kind: 'input',
    sentence: (details: { codes: readonly string[] }) =>
      `指标 ${details.codes.join('、')} 按各评估对象的排名计分，请把全部对象一起提交（列表中每个对象写 subject）`,
  },
} as const;
