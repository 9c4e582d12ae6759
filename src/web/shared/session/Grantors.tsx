import { rights } from '#contract/session/session.ts';
import { opensYear, usualHolder } from '#domain/access/permissions.ts';
import { useRead } from '../call/queries.ts';

/** Whom to ask for rights and for the first year, and whether something is assigned to the post at work. */
export function useRights(enabled = true) {
  return useRead(rights, {}, { enabled });
}

interface Named {
  readonly name: string;
  readonly phone: string | null;
}

/** People to call, in brackets: `（李安，0595-22000000；王全）`; nothing where there is nobody. */
function bracketed(people: readonly Named[]): string {
  const named = people.map(({ name, phone }) => [name, phone].filter(Boolean).join('，')).join('；');
  return named && `（${named}）`;
}

/**
 * Whom to ask for rights: `请联系安全管理员（李安，0595-22000000）授予角色。` While nobody grants roles, whoever admits the first
 * who does.
 */
export function Grantors({ to }: { to: string }) {
  const read = useRights();
  if (read.data === undefined) return <p>请联系安全管理员{to}。</p>;
  const { grantors, managers } = read.data;
  if (grantors.length === 0) {
    return <p>还没有安全管理员。请系统管理员{bracketed(managers)}先在首页给出安全管理员的链接。</p>;
  }
  return (
    <p>
      请联系安全管理员{bracketed(grantors)}
      {to}。
    </p>
  );
}

/** Who opens a school year: `由市级督导干部（林督导，0379-63930001）开启。` */
export function YearOpeners() {
  const openers = useRights().data?.openers ?? [];
  return (
    <p>
      由{usualHolder(opensYear)}
      {bracketed(openers)}开启{openers.length === 0 && '；这个岗位还没有人，请联系系统管理员'}。
    </p>
  );
}
