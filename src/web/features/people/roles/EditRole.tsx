import { propose } from '#contract/people/roles.ts';
import { reachTitles } from '#domain/access/actor.ts';
import { permissionTitles } from '#domain/access/permission-titles.ts';
import type { Permission } from '#domain/access/permissions.ts';
import { businessPermissions, reachesOfNewRoles, roleWarning } from '#domain/access/role-change.ts';
import { call } from '#web/shared/call/call.ts';
import { refreshAfter } from '#web/shared/call/queries.ts';
import { Form } from '#web/shared/form/Form.tsx';
import { CheckField, SelectField, TextField } from '#web/shared/form/fields.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { Band } from '#web/shared/kit/feedback/Band.tsx';
import { toast } from '#web/shared/kit/feedback/toast.ts';
import { permissionGroups, type RoleRow } from '../people.words.ts';
import style from './EditRole.module.css';

interface EditRoleProps {
  /** Null for a new role. */
  role: RoleRow | null;
  /** Who confirms the proposal and when it takes effect. */
  rule: string;
  onClose: () => void;
}

/** Proposes a new role, or changes to the permissions of a role; the proposal waits for a second 安全管理员. */
export function EditRole({ role, rule, onClose }: EditRoleProps) {
  const form = useForm(propose.body!, {
    role: role?.key ?? null,
    revision: role?.revision ?? 0,
    name: role?.name ?? '',
    reach: role?.level ?? 'county',
    permissions: [...(role?.permissions ?? [])],
    secondFactor: role?.secondFactor ?? false,
  });
  const chosen: readonly Permission[] = form.values.permissions;
  const toggle = (one: Permission, on: boolean) =>
    form.set({ permissions: on ? [...chosen, one] : chosen.filter((other) => other !== one) });
  const warning = roleWarning({ permissions: chosen });
  return (
    <Dialog open size="wide" title={role === null ? '新建角色' : `修改${role.name}`} onClose={onClose}>
      <Form
        verb="提交改动"
        busy={form.busy}
        problem={form.problems[''] ?? form.problems.permissions}
        onSubmit={form.submit(async (body) => {
          await call(propose, { body });
          await refreshAfter(propose);
          toast.say('改动已提交，等待另一位安全管理员确认；无人处理的，24 小时后生效。');
          onClose();
        })}
      >
        <TextField label="名称" maxLength={20} {...form.field('name')} />
        {role === null && (
          <SelectField
            label="管辖范围"
            options={reachesOfNewRoles.map((reach) => ({ value: reach, label: reachTitles[reach] }))}
            value={form.values.reach as (typeof reachesOfNewRoles)[number]}
            onChange={(reach) => form.set({ reach })}
          />
        )}
        {permissionGroups()
          .map((group) => ({
            ...group,
            list: businessPermissions.filter((one) => one.startsWith(`${group.subject}.`)),
          }))
          .filter(({ list }) => list.length > 0)
          .map(({ subject, title, list }) => (
            <fieldset key={subject} className={style.rights}>
              <legend>{title}</legend>
              {list.map((one) => (
                <CheckField
                  key={one}
                  label={permissionTitles[one]}
                  value={chosen.includes(one)}
                  onChange={(on) => toggle(one, on)}
                />
              ))}
            </fieldset>
          ))}
        <CheckField
          label="必须使用动态验证码"
          help={role?.secondFactor ? '这个角色须使用动态验证码，不能取消。' : undefined}
          disabled={role?.secondFactor ?? false}
          value={form.values.secondFactor}
          onChange={(secondFactor) => form.set({ secondFactor })}
        />
        <p className="caption">
          {rule}
          {role !== null && `生效后，现任的 ${role.people} 人立即按新的权限办理。`}
        </p>
        {warning !== null && (
          <Band tone="look" alert>
            {warning}
          </Band>
        )}
      </Form>
    </Dialog>
  );
}
