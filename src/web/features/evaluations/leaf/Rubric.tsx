import { thresholdText } from '#web/shared/framework/indicator.words.ts';
import { adjustWords, methodWords } from '#web/shared/framework/method.words.ts';
import { Facts } from '#web/shared/kit/layout/Page.tsx';
import type { Leaf } from '../evaluation-reply.ts';
import { answerForm } from './answer/answer-form.ts';
import style from './Leaf.module.css';

/** Where the field of the answer shows the rules itself. */
const saysItsRules: ReadonlySet<string> = new Set(['choice', 'met', 'missing', 'counts']);

interface RubricProps {
  leaf: Leaf;
  /** The field of an answer stands on the page. */
  answers: boolean;
}

/** What the leaf asks, how it is scored, and on what it rests. */
export function Rubric({ leaf, answers }: RubricProps) {
  const { indicator, conditions } = leaf;
  const method = methodWords(indicator, conditions);
  const adjusts = (indicator.adjust ?? []).map((one) => adjustWords(one, conditions));
  const lines = answers && saysItsRules.has(answerForm(indicator).kind) ? adjusts : [...method.lines, ...adjusts];
  return (
    <div className={style.rubric}>
      <Facts
        items={[
          indicator.threshold !== undefined && ['标准', thresholdText(indicator.threshold), 'wide'],
          leaf.text !== null && [
            '内容',
            <span key="text" className={style.text}>
              {leaf.text}
            </span>,
            'wide',
          ],
          indicator.formula !== undefined && ['公式', <code key="formula">{indicator.formula}</code>, 'wide'],
          leaf.evidenceAsked !== null && ['佐证材料', leaf.evidenceAsked, 'wide'],
          leaf.responsible !== null && ['责任单位', leaf.responsible, 'wide'],
          leaf.basis !== null && ['依据', leaf.basis, 'wide'],
          indicator.note !== undefined && ['说明', indicator.note, 'wide'],
        ]}
      />
      {lines.length > 0 && (
        <>
          <h3 className={style.small}>{method.name}</h3>
          <ul className={style.rules}>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
