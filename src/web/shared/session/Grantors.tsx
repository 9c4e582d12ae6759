import { rights } from '#contract/session/session.ts';
import { useRead } from '../call/queries.ts';

/** Whom to ask for rights, and whether something is assigned to the post at work. */
export function useRights(enabled = true) {
  return useRead(rights, {}, { enabled });
}

/** Whom to ask for rights: `请联系安全管理员（李安，0595-22000000）授予角色。` */
export function Grantors({ to }: { to: string }) {
  const grantors = useRights().data?.grantors ?? [];
  const named = grantors.map(({ name, phone }) => [name, phone].filter(Boolean).join('，')).join('；');
  return (
    <p>
      请联系安全管理员{named && `（${named}）`}
      {to}。
    </p>
  );
}
