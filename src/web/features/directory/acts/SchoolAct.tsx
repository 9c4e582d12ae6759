import { type ReactNode, useState } from 'react';
import type { z } from 'zod';
import { closeSchool, renameSchool, reopenSchool, undoRename } from '#contract/directory/changes.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { call } from '#web/shared/call/call.ts';
import { takeBack } from '#web/shared/call/queries.ts';
import { Form } from '#web/shared/form/Form.tsx';
import { TextField } from '#web/shared/form/fields.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { toast } from '#web/shared/kit/feedback/toast.ts';
import { Consequences } from './Consequences.tsx';
import { CorrectSchool } from './CorrectSchool.tsx';
import { MergeSchools } from './MergeSchools.tsx';
import { MoveSchool } from './MoveSchool.tsx';
import { RetypeSchool } from './RetypeSchool.tsx';
import { DatedFields, datedNames } from './SchoolFields.tsx';
import { SplitSchool } from './SplitSchool.tsx';
import { type ActProps, type SchoolActName, schoolActWord, settled } from './school-acts.ts';

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
  const [planned, setPlanned] = useState<z.output<NonNullable<typeof closeSchool.body>> | null>(null);
  const form = useForm(closeSchool.body!, { revision, day: today, document: '', note: '' });
  if (planned !== null) {
    return (
      <Dialog open title={`撤销学校：${name}`} firm onClose={onClose}>
        <Consequences
          schoolId={id}
          ending={[id]}
          questions={[]}
          verb="撤销学校"
          act={async () => {
            await call(closeSchool, { params: { schoolId: id }, body: planned });
            await settled(closeSchool, `“${name}”已撤销。`, onClose);
          }}
          back={() => setPlanned(null)}
        />
      </Dialog>
    );
  }
  return (
    <Dialog open title={`撤销学校：${name}`} onClose={onClose}>
      <Form
        verb="查看后果"
        busy={form.busy}
        problem={form.problems['']}
        onSubmit={form.submit(async (body) => setPlanned(body))}
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
  const { id, name, code, revision, status, closedOn } = school;
  const merged = status === 'merged';
  // A merger that is taken back leaves no gap, unless another day is written.
  const form = useForm(reopenSchool.body!, {
    revision,
    day: merged && closedOn !== null ? closedOn : today,
    document: '',
    note: '',
  });
  const verb = schoolActWord('reopen', school);
  return (
    <Dialog open title={`${verb}：${name}`} onClose={onClose}>
      <Form
        verb={verb}
        busy={form.busy}
        problem={form.problems['']}
        onSubmit={form.submit(async (body) => {
          await call(reopenSchool, { params: { schoolId: id }, body });
          await settled(reopenSchool, `“${name}”已恢复${code === null ? '' : '，原标识码恢复使用'}。`, onClose);
        })}
      >
        <p>
          {code !== null && `原标识码 ${code} 恢复使用；`}
          {merged
            ? '从下面的日期起重新在办，账户照旧；各开启学年中因合并不再计入的填报恢复原样，重新计入应报和测算。'
            : '停办期间在历史中留空。'}
        </p>
        <DatedFields today={today} verb="恢复" fields={form.fields(datedNames)} />
      </Form>
    </Dialog>
  );
}
