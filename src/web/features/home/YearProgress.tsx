import { Link } from '@tanstack/react-router';
import { Progress } from '#web/shared/kit/Progress.tsx';
import style from './Home.module.css';
import type { Overview } from './Home.tsx';

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
          <Link to={'/balance' as '/'}>
            {balance.available} 个单位可出
            {balance.incomplete > 0 && `，${balance.incomplete} 个单位数据不全`}
          </Link>
        </p>
      )}
    </div>
  );
}
