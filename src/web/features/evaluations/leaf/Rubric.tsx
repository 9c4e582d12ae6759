import { adjustWords, methodWords, thresholdText } from '#domain/framework/method.words.ts';
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
  const besides = (
    [
      ['佐证', leaf.evidenceAsked],
      ['责任单位', leaf.responsible],
      ['依据', leaf.basis],
      ['说明', indicator.note ?? null],
    ] as const
  ).filter(([, text]) => text !== null);
  return (
    <div className={style.rubric}>
      <Facts
        items={[
          indicator.threshold !== undefined && ['标准', thresholdText(indicator.threshold, indicator.unit), 'wide'],
          leaf.text !== null && [
            '内容',
            <span key="text" className={style.text}>
              {leaf.text}
            </span>,
            'wide',
          ],
          indicator.formula !== undefined && ['公式', <code key="formula">{indicator.formula}</code>, 'wide'],
        ]}
      />
      <p className={style.besides}>
        {besides.map(([name, text]) => (
          <span key={name}>
            <span className={style.name}>{name}</span> {text}
          </span>
        ))}
      </p>
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
