import { Link } from '@tanstack/react-router';
import { Fragment, useState } from 'react';
import { roles } from '#contract/people/people.ts';
import { reachTitles } from '#domain/access/actor.ts';
import { permissionTitles } from '#domain/access/permission-titles.ts';
import { type Permission, permissions } from '#domain/access/permissions.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { useNarrow } from '#web/shared/page/useNarrow.ts';
import { useCan } from '#web/shared/session/session.tsx';
import { confirmationRule, permissionGroups, type RoleRow as Role } from '../people.words.ts';
import { EditRole } from './EditRole.tsx';
import { RoleChanges } from './RoleChanges.tsx';
import style from './Roles.module.css';
import Vacancies from './Vacancies.tsx';

/** The permissions of each role; the columns are the roles, the lines the permissions. */
export default function Roles() {
  const read = useRead(roles, {});
  const narrow = useNarrow();
  const mayEdit = useCan('role.grant');
  const [editing, setEditing] = useState<Role | 'new' | null>(null);
  const edit = mayEdit ? setEditing : undefined;
  return (
    <Page
      title="角色与权限"
      action={mayEdit && <Button onClick={() => setEditing('new')}>新建角色</Button>}
      wide
      above={<Link to="/people">人员与权限</Link>}
      state="系统管理员、安全管理员、审计管理员互不兼任，也不接触业务。"
    >
      <Loaded of={read} shape="table">
        {({ rows }) => (
          <>
            <Vacancies titled />
            <RoleChanges roles={rows} />
            {narrow ? <RoleList roles={rows} onEdit={edit} /> : <Matrix roles={rows} onEdit={edit} />}
            {editing && (
              <EditRole
                role={editing === 'new' ? null : editing}
                rule={confirmationRule(rows)}
                onClose={() => setEditing(null)}
              />
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
}

interface RolesProps {
  roles: readonly Role[];
  /** Absent for people who may only look. */
  onEdit: ((role: Role) => void) | undefined;
}

/** The separated roles are fixed by 三员分立; the other roles are changed by two people. */
function EditButton({ role, onEdit }: { role: Role; onEdit: RolesProps['onEdit'] }) {
  if (!onEdit || role.separated) return null;
  return (
    <Button small kind="quiet" onClick={() => onEdit(role)}>
      修改<span className="visually-hidden">{role.name}</span>
    </Button>
  );
}

/** On a phone: one role after another, each with its permissions. */
function RoleList({ roles, onEdit }: RolesProps) {
  return (
    <ul className={style.roles}>
      {roles.map((role) => (
        <li key={role.key}>
          <div className={style.roleHead}>
            <h2>{role.name}</h2>
            <span className={style.count}>
              {reachTitles[role.level]} · {role.people} 人
            </span>
            <EditButton role={role} onEdit={onEdit} />
          </div>
          {role.permissions.map((one) => permissionTitles[one]).join('、')}
        </li>
      ))}
    </ul>
  );
}

/** Firefox has it since 2024; without it a name breaks where the browser likes. */
const words = 'Segmenter' in Intl ? new Intl.Segmenter('zh', { granularity: 'word' }) : null;

/** A narrow head breaks between the words of a name, and leaves no single character on a line. */
function BrokenName({ name }: { name: string }) {
  if (words === null) return name;
  return [...words.segment(name)].map(({ segment, index }) => (
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {segment}
    </Fragment>
  ));
}

function Matrix({ roles, onEdit }: RolesProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard
    <section className={`${style.scroller} scroller`} tabIndex={0} aria-label="角色与权限对照">
      <table className={style.matrix}>
        <caption className="visually-hidden">各角色的权限</caption>
        <thead>
          <tr>
            <td />
            {roles.map((role) => (
              <th key={role.key} scope="col">
                <BrokenName name={role.name} />
                <span className={style.count}>{reachTitles[role.level]}</span>
                <span className={style.count}>{role.people} 人</span>
                <EditButton role={role} onEdit={onEdit} />
              </th>
            ))}
          </tr>
        </thead>
        {permissionGroups().map(({ subject, title }) => (
          <tbody key={subject}>
            <tr>
              <th className={style.group} scope="rowgroup" colSpan={roles.length + 1}>
                {title}
              </th>
            </tr>
            {permissions
              .filter((one) => one.split('.')[0] === subject)
              .map((one) => (
                <Line key={one} permission={one} roles={roles} />
              ))}
          </tbody>
        ))}
      </table>
    </section>
  );
}

function Line({ permission, roles }: { permission: Permission; roles: readonly Role[] }) {
  return (
    <tr>
      <th className={style.line} scope="row">
        {permissionTitles[permission]}
      </th>
      {roles.map((role) => (
        <td key={role.key}>
          {role.permissions.includes(permission) && (
            <>
              <span data-tone="holds" aria-hidden="true">
                ✓
              </span>
              <span className="visually-hidden">可以</span>
            </>
          )}
        </td>
      ))}
    </tr>
  );
}
