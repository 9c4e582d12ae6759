import { Link } from '@tanstack/react-router';
import { Progress } from '#web/shared/kit/feedback/Progress.tsx';
import { StateMark, type StateName } from '#web/shared/kit/words/StateMark.tsx';
import type { Overview } from './work-words.ts';
import style from './YearProgress.module.css';

/** How far the year is: filed, approved, accepted, and for how many units a verdict can be given. */
export function YearProgress({
  progress,
  balance,
}: {
  progress: NonNullable<Overview['progress']>;
  balance: Overview['balance'];
}) {
  const { owed, submitted, approved, accepted } = progress;
  return (
    <div className={style.progress}>
      <Progress label="学校提交" value={submitted} of={owed} unit="所" />
      <Progress label="县级批准" value={approved} of={owed} unit="所" />
      <Progress label="市级接收" value={accepted} of={owed} unit="所" />
      {balance && (
        <p className={style.balance}>
          <span className="soft">均衡结论</span>
          <Link to="/balance">{balanceWords(balance)}</Link>
        </p>
      )}
    </div>
  );
}

/** `11 个单位可出，2 个单位数据不全`; one unit needs no counting. */
export function balanceWords({ available, incomplete }: NonNullable<Overview['balance']>): string {
  if (available + incomplete === 1) return available === 1 ? '可出' : '数据不全，暂不能出';
  const words = [available > 0 && `${available} 个单位可出`, incomplete > 0 && `${incomplete} 个单位数据不全`];
  return words.filter(Boolean).join('，');
}

/** How far one school's filing is: three steps, each done or not. */
export function OwnProgress({ progress }: { progress: NonNullable<Overview['progress']> }) {
  const steps: ReadonlyArray<readonly [done: boolean, StateName, is: string, isNot: string]> = [
    [progress.submitted > 0, 'submitted', '学校已提交', '学校未提交'],
    [progress.approved > 0, 'approved', '县级已批准', '县级未批准'],
    [progress.accepted > 0, 'accepted', '市级已接收', '市级未接收'],
  ];
  return (
    <ol className={style.steps}>
      {steps.map(([done, state, is, isNot]) => (
        <li key={is}>
          <StateMark state={done ? state : 'notStarted'} text={done ? is : isNot} />
        </li>
      ))}
    </ol>
  );
}
