import { Link } from '@tanstack/react-router';
import { useCan } from './session.tsx';

/** Work of the 安全管理员 does not wait in a list, so an empty home leads to the pages where it is done. */
export function GrantPages({ className }: { className: string | undefined }) {
  if (!useCan('role.grant')) return null;
  return (
    <p className={className}>
      去办理：<Link to="/people">人员与权限</Link>（授予和收回角色、指派学校、代办）
      {'　'}
      <Link to="/people/roles">角色与权限</Link>
      （修改角色，确认改动）
    </p>
  );
}
