import { type Edition, editionText } from '#domain/balance/standard/edition.ts';

/** The signature of what the product does by itself. */
export const systemSignature = '系统';

/** What differs between a run and the run that was shown before it. */
export interface RunCause {
  readonly standard: { readonly edition: Edition; readonly createdBy: string } | null;
  readonly formula: boolean;
  readonly inputs: boolean;
}

/** `系统（填报变动后自动测算）`, `系统（林督导发布本市口径第 1 版、填报变动后自动测算）`: who signs a run made by itself. */
export function runSignature(cause: RunCause | 'first'): string {
  if (cause === 'first') return `${systemSignature}（首次自动测算）`;
  const { standard, formula, inputs } = cause;
  const causes = [
    standard &&
      (standard.createdBy === systemSignature
        ? '标准随产品更正'
        : `${standard.createdBy}发布${editionText(standard.edition)}`),
    formula && '公式更新',
    inputs && '填报变动',
  ].filter((one) => typeof one === 'string');
  return causes.length === 0
    ? `${systemSignature}（自动测算）`
    : `${systemSignature}（${causes.join('、')}后自动测算）`;
}
