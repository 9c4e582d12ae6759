import { schoolYearName } from '#domain/kit/school-year.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useYearOfPage } from '#web/shared/desk/year-of-page.tsx';
import style from './Offline.module.css';

interface ArchivedYearProps {
  /** Whether the page shows the year of the address. A page that shows another one says which. */
  ofAddress: boolean;
}

/** Above a page that shows a year which was archived: nobody looks for an act there, or fills a form that is refused. */
export function ArchivedYear({ ofAddress }: ArchivedYearProps) {
  const { year, years } = useDeskContext();
  const own = useYearOfPage();
  const shown = own ?? (ofAddress ? year : null);
  const archivedOn = years.find(({ schoolYear }) => schoolYear === shown)?.archivedOn;
  if (shown === null || archivedOn === undefined) return null;
  return (
    <p className={style.band} role="status">
      {schoolYearName(shown)}已于 {archivedOn} 归档，本页只能查阅和导出。
    </p>
  );
}
