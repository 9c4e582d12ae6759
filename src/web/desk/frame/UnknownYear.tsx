import { Link } from '@tanstack/react-router';
import { schoolYearName } from '#domain/kit/school-year.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import style from './Offline.module.css';

/** Above a page that reads the school year, where the address names one that does not exist: what is shown instead. */
export function UnknownYear() {
  const { year, unknownYear } = useDeskContext();
  if (unknownYear === null || year === null) return null;
  const shown = schoolYearName(year);
  return (
    <p className={`${style.band} screen-only`} role="status">
      系统中没有 {schoolYearName(unknownYear)}，这里显示 {shown}的内容。{' '}
      <Link to="." search={((before: object) => ({ ...before, year })) as never} className={style.way}>
        知道了
      </Link>
    </p>
  );
}
