import { Link } from '@tanstack/react-router';
import { series } from '#contract/official-documents/series.ts';
import { useRead } from '#web/shared/call/queries.ts';

/** Says of a letter without 机关代字 what is missing and who helps; nothing where one can be chosen. */
export function NoSeries() {
  const { data } = useRead(series, {});
  if (data === undefined) return null;
  if (data.rows.some(({ active }) => active)) return <p>还没有选定机关代字，选定后才能送审。</p>;
  if (data.mayManage) {
    return (
      <p>
        本单位还没有机关代字，设立后才能送审。
        <Link to="/letters/series" search={{ opening: true }}>
          设立机关代字
        </Link>
      </p>
    );
  }
  const { managedBy } = data;
  return (
    <p>
      本单位还没有机关代字，设立后才能送审；
      {managedBy.length === 0
        ? '请联系安全管理员，把“维护机关代字”权限给本单位的一个角色。'
        : `请由本单位的${managedBy.join('或')}设立。`}
    </p>
  );
}
