import {
  closeLowerUnit,
  openLowerUnit,
  readLowerUnit,
  renameLowerUnit,
  undoLowerUnitRename,
} from '#contract/directory/lower-units.ts';
import { lowerKindNames, lowerKindsBelow, type UnitKind } from '#domain/org/unit-kind.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { call } from '#web/shared/call/call.ts';
import { refreshAfter, takeBack, useRead } from '#web/shared/call/queries.ts';
import { DateField } from '#web/shared/form/DateField.tsx';
import { Form } from '#web/shared/form/Form.tsx';
import { SelectField, TextField } from '#web/shared/form/fields.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { toast } from '#web/shared/kit/feedback/toast.ts';
import { formatNumber } from '#web/shared/words/format.ts';
import type { LowerUnit, LowerUnitDetail } from '../directory.words.ts';
import { UnitVersions } from './UnitHistory.tsx';

interface OpenLowerUnitProps {
  unitId: number;
  name: string;
  /** The units below it that are in use: some may have units below them. */
  open: readonly LowerUnit[];
  onClose: () => void;
}

/** A new 科室, 部门, 直属单位 or 乡镇 from a day on; the kinds on offer follow from the unit above. */
export function OpenLowerUnit({ unitId, name, open, onClose }: OpenLowerUnitProps) {
  const { today, unit } = useDeskContext();
  const form = useForm(openLowerUnit.body!, { name: '', kind: 'section', parentId: null, day: today, document: '' });
  const [parentField, kindField] = [form.field('parentId'), form.field('kind')];
  const kindsOf = (parentId: number | null) => {
    const parent = open.find(({ id }) => id === parentId);
    return lowerKindsBelow(parent?.kind ?? ((unit?.level ?? 'county') as UnitKind));
  };
  const parents = open.filter(({ kind }) => lowerKindsBelow(kind).length > 0);
  return (
    <Dialog open title={`在${name}设立科室或单位`} onClose={onClose}>
      <Form
        verb="设立"
        busy={form.busy}
        problem={form.problems['']}
        onSubmit={form.submit(async (body) => {
          await call(openLowerUnit, { params: { unitId }, body });
          await refreshAfter(openLowerUnit);
          toast.say(`${body.name}已设立。`);
          onClose();
        })}
      >
        <TextField label="名称" autoFocus autoComplete="off" {...form.field('name')} />
        {parents.length > 0 && (
          <SelectField
            label="上级"
            {...parentField}
            required={false}
            value={parentField.value ?? 0}
            options={[{ value: 0, label: name }, ...parents.map((one) => ({ value: one.id, label: one.name }))]}
            onChange={(value) => {
              const parentId = value === 0 ? null : value;
              const kinds = kindsOf(parentId);
              const kind = kinds.find((one) => one === form.values.kind) ?? kinds[0];
              form.set({ parentId, kind });
            }}
          />
        )}
        <SelectField
          label="类别"
          {...kindField}
          options={kindsOf(form.values.parentId ?? null).map((kind) => ({ value: kind, label: lowerKindNames[kind] }))}
        />
        <DateField label="自哪天起" max={today} {...form.field('day')} />
        <TextField label="批准文号" autoComplete="off" {...form.field('document')} required={false} />
      </Form>
    </Dialog>
  );
}

interface LowerUnitProps {
  unit: LowerUnit;
  onClose: () => void;
}

/** A new name from a day on; the old name stays in the history. */
export function RenameLowerUnit({ unit, onClose }: LowerUnitProps) {
  const { today } = useDeskContext();
  const form = useForm(renameLowerUnit.body!, { name: unit.name, day: today, document: '' });
  const params = { lowerUnitId: unit.id };
  return (
    <Dialog open title={`${unit.name}：更名`} onClose={onClose}>
      <Form
        verb="更名"
        busy={form.busy}
        problem={form.problems['']}
        onSubmit={form.submit(async (body) => {
          await call(renameLowerUnit, { params, body });
          await refreshAfter(renameLowerUnit);
          const said = () => toast.say(`已撤销更名，名称仍为“${unit.name}”。`);
          toast.undo('已更名，旧名保留在历史中。', () => {
            void takeBack(undoLowerUnitRename, { params }, said);
          });
          onClose();
        })}
      >
        <TextField label="新名称" autoFocus autoComplete="off" {...form.field('name')} />
        <DateField label="自哪天起" max={today} {...form.field('day')} />
        <TextField label="批准文号" autoComplete="off" {...form.field('document')} required={false} />
      </Form>
    </Dialog>
  );
}

/** The end of a unit from a day on, after the posts in it were named. */
export function CloseLowerUnit({ unit, onClose }: LowerUnitProps) {
  const read = useRead(readLowerUnit, { params: { lowerUnitId: unit.id } });
  return (
    <Dialog open title={`撤销${unit.name}`} onClose={onClose}>
      <Loaded of={read} shape="form">
        {(detail) => <ClosingForm detail={detail} onClose={onClose} />}
      </Loaded>
    </Dialog>
  );
}

function ClosingForm({ detail: { unit, posts }, onClose }: { detail: LowerUnitDetail; onClose: () => void }) {
  const { today } = useDeskContext();
  const form = useForm(closeLowerUnit.body!, { day: today, document: '' });
  return (
    <Form
      verb={`撤销${lowerKindNames[unit.kind]}`}
      busy={form.busy}
      problem={form.problems['']}
      onSubmit={form.submit(async (body) => {
        await call(closeLowerUnit, { params: { lowerUnitId: unit.id }, body });
        await refreshAfter(closeLowerUnit);
        toast.say(`${unit.name}已撤销，历史照常可查。`);
        onClose();
      })}
    >
      {unit.posts === 0 ? (
        <p>没有岗位写明在{unit.name}。</p>
      ) : (
        <>
          <p>
            {formatNumber(unit.posts)} 个岗位写明在{unit.name}。撤销后仍是{unit.placeName}
            的岗位，权限不变；安全管理员会收到提示，为其另选科室。
          </p>
          <ul>
            {posts.map(({ grantId, person, role }) => (
              <li key={grantId}>
                {person}（{role}）
              </li>
            ))}
          </ul>
        </>
      )}
      <DateField label="自哪天起" max={today} {...form.field('day')} />
      <TextField label="批准文号" autoComplete="off" {...form.field('document')} required={false} />
    </Form>
  );
}

/** What the unit was called, day by day. */
export function LowerUnitHistory({ unit, onClose }: LowerUnitProps) {
  const read = useRead(readLowerUnit, { params: { lowerUnitId: unit.id } });
  return (
    <Dialog open title={`${unit.name}：历史`} onClose={onClose}>
      <Loaded of={read} shape="text">
        {({ versions }) => <UnitVersions versions={versions} />}
      </Loaded>
    </Dialog>
  );
}
