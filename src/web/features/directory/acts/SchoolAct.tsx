import type { ReactNode } from 'react';
import { closeSchool, renameSchool, reopenSchool, undoRename } from '#contract/directory/changes.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { call } from '#web/shared/call/call.ts';
import { takeBack } from '#web/shared/call/queries.ts';
import { Form } from '#web/shared/form/Form.tsx';
import { TextField } from '#web/shared/form/fields.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { toast } from '#web/shared/kit/feedback/toast.ts';
import { CorrectSchool } from './CorrectSchool.tsx';
import { MergeSchools } from './MergeSchools.tsx';
import { MoveSchool } from './MoveSchool.tsx';
import { RetypeSchool } from './RetypeSchool.tsx';
import { DatedFields, datedNames } from './SchoolFields.tsx';
import { SplitSchool } from './SplitSchool.tsx';
import { type ActProps, type SchoolActName, settled } from './school-acts.ts';

const dialogs: Readonly<Record<SchoolActName, (props: ActProps) => ReactNode>> = {
  rename: RenameSchool,
  move: MoveSchool,
  retype: RetypeSchool,
  merge: MergeSchools,
  split: SplitSchool,
  correct: CorrectSchool,
  reopen: ReopenSchool,
  close: CloseSchool,
};

/** The dialog of one act on a school. */
export function SchoolAct({ act, ...props }: ActProps & { act: SchoolActName }) {
  const Act = dialogs[act];
  return <Act {...props} />;
}

function RenameSchool({ school, onClose }: ActProps) {
  const { today } = useDeskContext();
  const { id, name, revision } = school;
  const form = useForm(renameSchool.body!, { revision, name, day: today, document: '', note: '' });
  return (
    <Dialog open title={`更名：${name}`} onClose={onClose}>
      <Form
        verb="更名"
        busy={form.busy}
        problem={form.problems['']}
        onSubmit={form.submit(async (body) => {
          await call(renameSchool, { params: { schoolId: id }, body });
          const back = () =>
            void takeBack(undoRename, { params: { schoolId: id } }, () => toast.say(`已撤销更名，校名仍为“${name}”。`));
          await settled(renameSchool, '已更名，标识码不变，旧名保留在历史中。', onClose, back);
        })}
      >
        <TextField label="新名称" autoFocus autoComplete="off" {...form.field('name')} />
        <DatedFields today={today} verb="更名" fields={form.fields(datedNames)} />
      </Form>
    </Dialog>
  );
}

function CloseSchool({ school, onClose }: ActProps) {
  const { today } = useDeskContext();
  const { id, name, code, revision } = school;
  const form = useForm(closeSchool.body!, { revision, day: today, document: '', note: '' });
  return (
    <Dialog open title={`撤销：${name}`} onClose={onClose}>
      <Form
        verb="撤销学校"
        busy={form.busy}
        problem={form.problems['']}
        onSubmit={form.submit(async (body) => {
          await call(closeSchool, { params: { schoolId: id }, body });
          await settled(closeSchool, `“${name}”已撤销。`, onClose);
        })}
      >
        <p>
          {code !== null && `标识码 ${code} 随之作废，不再分配给其他学校；`}
          历年数据保留。此后开启的填报不再要求本校填报。
        </p>
        <DatedFields today={today} verb="撤销" fields={form.fields(datedNames)} />
      </Form>
    </Dialog>
  );
}

function ReopenSchool({ school, onClose }: ActProps) {
  const { today } = useDeskContext();
  const { id, name, code, revision } = school;
  const form = useForm(reopenSchool.body!, { revision, day: today, document: '', note: '' });
  return (
    <Dialog open title={`恢复办学：${name}`} onClose={onClose}>
      <Form
        verb="恢复办学"
        busy={form.busy}
        problem={form.problems['']}
        onSubmit={form.submit(async (body) => {
          await call(reopenSchool, { params: { schoolId: id }, body });
          await settled(reopenSchool, `“${name}”已恢复${code === null ? '' : '，原标识码恢复使用'}。`, onClose);
        })}
      >
        <p>{code !== null && `原标识码 ${code} 恢复使用；`}停办期间在历史中留空。</p>
        <DatedFields today={today} verb="恢复" fields={form.fields(datedNames)} />
      </Form>
    </Dialog>
  );
}
