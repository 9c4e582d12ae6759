import { bareNames } from '#web/shared/framework/indicator.words.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import type { Opinion } from '../evaluation-reply.ts';
import style from './Opinion.module.css';

type Rule = Opinion['rules'][number];

const kindTitles: Readonly<Record<Rule['kind'], string>> = { veto: '否决', cap: '限优', downgrade: '降档' };

interface RulesHeldProps {
  opinion: Opinion;
  /** Leads to the questions that decide what is open. */
  onAsk: () => void;
}

/** Vetoes, caps and downgrades: those that hold, and those that nobody can decide yet, with what is missing. */
export function RulesHeld({ opinion: { rules }, onAsk }: RulesHeldProps) {
  if (rules.length === 0) return null;
  const of = (holds: Rule['holds']) => rules.filter((one) => one.holds === holds);
  const [held, open, not] = [of('yes'), of('open'), of('no')];
  const named = ({ kind, code, text }: Rule) => `${kindTitles[kind]} ${code} ${text}`;
  return (
    <>
      {held.length > 0 && (
        <div className={style.group}>
          <p className="soft">成立的否决、限优和降档：</p>
          <ul className={style.lacks}>
            {held.map((rule) => (
              <li key={`${rule.kind} ${rule.code}`}>{named(rule)}</li>
            ))}
          </ul>
        </div>
      )}
      {open.length > 0 && (
        <div className={style.group}>
          <p className="soft">
            {open.length} 条还不能判定
            <Button small kind="quiet" onClick={onAsk}>
              填写或认定
            </Button>
          </p>
          <ul className={style.lacks}>
            {open.map((rule) => (
              <li key={`${rule.kind} ${rule.code}`}>
                {named(rule)}
                {rule.lacks.length > 0 && (
                  <span className="caption">　还缺 {bareNames(rule.lacks.slice(0, mostNamed).join('、'))}</span>
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
      {not.length > 0 && <p className={`caption ${style.group}`}>另有 {not.length} 条否决、限优和降档不成立。</p>}
    </>
  );
}

/** How many missing names stand behind a rule. */
const mostNamed = 6;
