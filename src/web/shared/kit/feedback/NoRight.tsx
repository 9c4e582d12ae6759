import { permissionTitles } from '#domain/access/permission-titles.ts';
import type { Permission } from '#domain/access/permissions.ts';
import { Grantors } from '../../session/Grantors.tsx';
import { useHolderNames } from '../../session/role-names.ts';
import { Notice } from './Notice.tsx';

interface NoRightProps {
  permission?: Permission;
  /** The server's own sentence, where it has one. */
  message?: string;
}

/** Access is refused: shows the missing right, who holds it, and who can grant it. */
export function NoRight({ permission, message }: NoRightProps) {
  const holders = useHolderNames(permission);
  return (
    <Notice
      alert
      title={permission ? `您没有“${permissionTitles[permission]}”的权限` : (message ?? '您没有查看这一内容的权限')}
    >
      {holders.length > 0 && <p>这项权限由{holders.join('、')}持有。</p>}
      <Grantors to="授予角色" />
    </Notice>
  );
}
