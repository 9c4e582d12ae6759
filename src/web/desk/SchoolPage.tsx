import { SchoolPlace } from '#web/features/balance/county/SchoolPlace.tsx';
import { School } from '#web/features/directory/school/School.tsx';

/** The school page: the register's part and the balance's part, which do not know each other. */
export default function SchoolPage() {
  return <School place={(schoolId, year) => <SchoolPlace schoolId={schoolId} year={year} />} />;
}
