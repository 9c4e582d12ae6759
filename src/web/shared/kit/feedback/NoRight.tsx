import { initialRolePermissions, type Permission, permissionTitles, roleTitles } from '#domain/access/permissions.ts';
import { Notice } from './Notice.tsx';

interface NoRightProps {
  permission?: Permission;
  /** The server's own sentence, where it has one. */
  message?: string;
}

/** Not allowed: which right is missing, who usually holds it, and who can grant it. */
export function NoRight({ permission, message }: NoRightProps) {
  const holders = permission
    ? Object.entries(initialRolePermissions)
        .filter(([, held]) => held.includes(permission))
        .map(([role]) => roleTitles[role as keyof typeof roleTitles])
    : [];
  return (
    <Notice
      alert
      title={permission ? `您没有“${permissionTitles[permission]}”的权限` : (message ?? '您没有查看这一内容的权限')}
    >
      {holders.length > 0 && <p>这项权限通常由{holders.join('、')}持有。</p>}
      <p>如工作需要，请联系安全管理员授予角色；账户由系统管理员建立。</p>
    </Notice>
  );
}
