import { answerText, runningPoints } from '#domain/evaluation/points/running-points.ts';
import type { Indicator } from '#domain/framework/edition.ts';
import { figureText } from '#web/shared/framework/indicator.words.ts';
import type { LeafAnswer } from './AnswerField.tsx';
import style from './RunningLine.module.css';

interface RunningLineProps {
  indicator: Indicator;
  conditions: Readonly<Record<string, string>>;
  /** The points of the leaf, as exact text. */
  max: string | null;
  answer: LeafAnswer | null;
}

/** What is chosen of some stands marked above, in the same words. */
const isChosen = ({ level, option, met }: LeafAnswer) =>
  level !== undefined || option !== undefined || met !== undefined;

/** What the answer in hand comes to, and how; before the server has computed it. */
export function RunningLine({ indicator, conditions, max, answer }: RunningLineProps) {
  const of = max === null ? '' : ` / ${figureText(max)} 分`;
  if (answer === null) {
    return (
      <p className={style.running} role="status">
        <span className={style.points}>—{of}</span>
        <span className="soft">还没有作答</span>
      </p>
    );
  }
  const running = runningPoints(indicator, answer);
  const { points, applies, least, most, steps, faults, rests } = running;
  return (
    <div role="status">
      <p className={style.running}>
        <span className={style.points}>
          {points === null ? '—' : figureText(points)}
          {of}
        </span>
        {faults.length > 0 ? (
          <span className={style.fault}>{faults.join('；')}</span>
        ) : !applies ? (
          <span className="soft">不适用</span>
        ) : indicator.points === 'none' ? (
          <span className="soft">{`${answerText(indicator, answer)}；本项不计分`}</span>
        ) : points === null && indicator.method?.kind === 'relative' ? (
          <span className="soft">{`各对象的数值齐全后，按名次计分，在 ${figureText(least)} 至 ${most === null ? '上限未知' : figureText(most)} 之间`}</span>
        ) : points === null ? (
          <span className="soft">{`还不能得出，在 ${figureText(least)} 至 ${most === null ? '上限未知' : figureText(most)} 之间`}</span>
        ) : isChosen(answer) && steps.length <= 1 ? null : (
          <span className="soft">
            {steps.map(({ words, value }) => (value ? `${words}：${figureText(value)}` : words)).join('；')}
          </span>
        )}
      </p>
      {rests.length > 0 && (
        <p className="caption">
          保存后按数据再看：{[...new Set(rests)].map((when) => conditions[when] ?? when).join('；')}
        </p>
      )}
    </div>
  );
}
