import { Link } from '@tanstack/react-router';
import { list } from '#contract/session/posts.ts';
import { useRead } from '../call/queries.ts';
import { formatDate } from '../format.ts';

/** The own posts that a colleague works in now: the holder knows it also where the 安全管理员 gave them. */
export function GivenPosts({ className }: { className: string | undefined }) {
  const read = useRead(list, {});
  return (read.data?.posts ?? [])
    .flatMap(({ standIns }) => standIns)
    .map((one) => (
      <p key={one.id} className={className}>
        <strong>代办：</strong>
        {one.personName}代您办理{one.roleName}的事项，至 {formatDate(one.until)}（含当日），可在
        <Link to="/account">我的账户</Link>提前结束。
      </p>
    ));
}
