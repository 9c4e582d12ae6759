import { useCallback, useState } from 'react';
import { grantRole, places, roles } from '#contract/people/people.ts';
import type { RouteInput } from '#contract/route.ts';
import { type ActorLevel, reachTitles } from '#domain/access/actor.ts';
import { permissionTitles } from '#domain/access/permission-titles.ts';
import type { Permission } from '#domain/access/permissions.ts';
import { call } from '#web/shared/call/call.ts';
import { asProblem } from '#web/shared/call/problem.ts';
import { refreshAfter, useRead } from '#web/shared/call/queries.ts';
import { Field } from '#web/shared/form/Field.tsx';
import { Form } from '#web/shared/form/Form.tsx';
import { SelectField } from '#web/shared/form/fields.tsx';
import { Combobox } from '#web/shared/kit/choice/Combobox.tsx';
import type { Choice } from '#web/shared/kit/choice/choice.ts';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { toast } from '#web/shared/kit/feedback/toast.ts';
import type { PersonDetail } from '../people.words.ts';
import { SectionField } from './SectionField.tsx';

type Place = { unitId: number; schoolId: number | null };

/** Grants a person a role at the place that belongs to it. */
export function GrantRole({ person, onClose }: { person: PersonDetail; onClose: () => void }) {
  const read = useRead(roles, {});
  return (
    <Dialog
      open
      size="wide"
      title={person.posts.length > 0 ? `为${person.name}增加岗位` : `授予${person.name}角色`}
      onClose={onClose}
    >
      <Loaded of={read} shape="form">
        {({ rows }) => <GrantForm person={person} roles={rows} onDone={onClose} />}
      </Loaded>
    </Dialog>
  );
}

interface GrantFormProps {
  person: PersonDetail;
  roles: ReadonlyArray<{ key: string; name: string; level: ActorLevel; permissions: Permission[] }>;
  onDone: () => void;
}

function GrantForm({ person, roles, onDone }: GrantFormProps) {
  const [roleKey, setRoleKey] = useState<string>();
  const [place, setPlace] = useState<Choice<Place> | null>(null);
  const [section, setSection] = useState<Choice<number> | null>(null);
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const role = roles.find((one) => one.key === roleKey);
  const level = role?.level;
  const placed = role !== undefined && role.level !== 'none' && role.level !== 'campaign';
  const find = useCallback(
    async (search: string, signal: AbortSignal) => {
      const query = { level: placeLevel(level), search };
      const { rows } = await call(places, { query }, { signal });
      return rows.map(({ unitId, schoolId, name, note }) => ({ value: { unitId, schoolId }, label: name, note }));
    },
    [level],
  );

  async function save() {
    if (!role) return setProblem('请选择角色。');
    if (placed && !place) return setProblem('请选择单位或学校。');
    setBusy(true);
    try {
      await call(grantRole, {
        params: { personId: person.id },
        body: {
          role: role.key,
          unitId: place?.value.unitId ?? null,
          schoolId: place?.value.schoolId ?? null,
          sectionId: section?.value ?? null,
        },
      });
      await refreshAfter(grantRole);
      toast.say(
        person.posts.length > 0
          ? `已授予${role.name}，其登录已结束，重新登录后生效。`
          : `已授予${role.name}，立即生效；已登录的，刷新页面即可使用。`,
      );
      onDone();
    } catch (error) {
      setProblem(asProblem(error).message);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Form
      verb="授予角色"
      busy={busy}
      problem={problem}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <SelectField
        label="角色"
        options={roles.map((one) => ({ value: one.key, label: one.name }))}
        value={roleKey}
        onChange={(key) => {
          setRoleKey(key);
          setPlace(null);
          setSection(null);
          setProblem(undefined);
        }}
      />
      {placed && (
        <Field label={role.level === 'school' ? '学校' : '单位'}>
          {(control) => (
            <Combobox
              id={control.id}
              label={role.level === 'school' ? '学校' : '单位'}
              find={find}
              value={place}
              onChange={(choice) => {
                setPlace(choice);
                setSection(null);
                setProblem(undefined);
              }}
            />
          )}
        </Field>
      )}
      {place !== null && place.value.schoolId === null && (
        <SectionField unitId={place.value.unitId} value={section} onChange={setSection} />
      )}
      <p className="caption">
        {person.posts.length > 0
          ? '授予后，其全部登录立即结束，须重新登录才能使用新的岗位；请避开其正在填报的时候。'
          : '这是其第一个岗位：授予后立即生效，不影响其登录。'}
      </p>
      {role && (
        <p className="caption">
          {role.name}（管辖范围：{reachTitles[role.level]}）可以：
          {role.permissions.map((one) => permissionTitles[one]).join('、')}。
          {role.level === 'schools' && '授予后在其账户页面指派所负责的学校。'}
          {role.level === 'campaign' && '参加的项目由立项单位指派。'}
        </p>
      )}
    </Form>
  );
}

/** An inspector of assigned schools is appointed by a county-level unit or by the city. */
function placeLevel(reach: string | undefined): RouteInput<typeof places>['query']['level'] {
  if (reach === 'schools') return 'unit';
  return reach === 'city' || reach === 'county' ? reach : 'school';
}
