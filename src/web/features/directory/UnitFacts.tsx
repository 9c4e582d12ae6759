import { useState } from 'react';
import { readUnit, renameUnit, saveContact } from '#contract/directory.units.ts';
import { call } from '#web/shared/call.ts';
import { useDeskContext } from '#web/shared/context.tsx';
import { Form } from '#web/shared/form/Form.tsx';
import { DateField, TextField } from '#web/shared/form/fields.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { formatDate } from '#web/shared/format.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { toast } from '#web/shared/kit/feedback/toast.ts';
import { Chronicle } from '#web/shared/kit/layout/Chronicle.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { refresh, useRead } from '#web/shared/queries.ts';
import type { UnitDetail } from './directory-words.ts';
import style from './UnitFacts.module.css';

/** One line about the chosen unit: its code, the officer responsible, what it was called before. */
export function UnitFacts({ unitId }: { unitId: number }) {
  const read = useRead(readUnit, { params: { unitId } }, { keepPrevious: true });
  const [open, setOpen] = useState<'contact' | 'rename' | 'history' | null>(null);
  const detail = read.data;
  if (!detail) return null;
  const { unit, can, versions } = detail;
  return (
    <div className={style.unit}>
      <p>
        单位代码 <span className="tabular">{unit.unitCode}</span>
        {unit.gbCode === null && unit.level === 'county' && <span className="caption">（无行政区划代码）</span>}
      </p>
      <p>
        填报责任人 {unit.contact.name ?? <Missing reason="还没有设置责任人" />} {unit.contact.phone}
      </p>
      {can.saveContact && (
        <Button kind="quiet" small onClick={() => setOpen('contact')}>
          修改责任人
        </Button>
      )}
      {versions.length > 1 && (
        <Button kind="quiet" small onClick={() => setOpen('history')}>
          曾用名
        </Button>
      )}
      {can.rename && unit.level === 'county' && (
        <Button kind="quiet" small onClick={() => setOpen('rename')}>
          单位更名
        </Button>
      )}
      {open === 'contact' && <Contact detail={detail} onClose={() => setOpen(null)} />}
      {open === 'rename' && <Rename detail={detail} onClose={() => setOpen(null)} />}
      {open === 'history' && (
        <Dialog open title={`${unit.name}：历史`} onClose={() => setOpen(null)}>
          <Chronicle
            entries={versions.map((version) => ({
              key: version.validFrom,
              time: `${formatDate(version.validFrom)} 起`,
              content: (
                <>
                  {version.name} {version.document && <span className="caption">{version.document}</span>}
                </>
              ),
            }))}
          />
        </Dialog>
      )}
    </div>
  );
}

function Contact({ detail: { unit }, onClose }: { detail: UnitDetail; onClose: () => void }) {
  const form = useForm(saveContact.body!, { name: unit.contact.name ?? '', phone: unit.contact.phone ?? '' });
  return (
    <Dialog open title={`${unit.name}：填报责任人`} onClose={onClose}>
      <Form
        verb="保存责任人"
        busy={form.busy}
        problem={form.problems['']}
        onSubmit={form.submit(async (body) => {
          await call(saveContact, { params: { unitId: unit.id }, body });
          await refresh('directory', 'filings');
          toast.say('已保存。');
          onClose();
        })}
      >
        <TextField label="姓名" autoFocus autoComplete="off" {...form.field('name')} />
        <TextField
          label="电话"
          type="tel"
          autoComplete="off"
          help="显示在本单位每份填报上，学校有疑问时拨打。"
          {...form.field('phone')}
        />
      </Form>
    </Dialog>
  );
}

function Rename({ detail: { unit }, onClose }: { detail: UnitDetail; onClose: () => void }) {
  const { today } = useDeskContext();
  const { name, shortName, parentId } = unit;
  const form = useForm(renameUnit.body!, { name, shortName, parentId, day: today, document: '' });
  return (
    <Dialog open title={`${unit.name}：更名`} onClose={onClose}>
      <Form
        verb="更名"
        busy={form.busy}
        problem={form.problems['']}
        onSubmit={form.submit(async (body) => {
          await call(renameUnit, { params: { unitId: unit.id }, body });
          await refresh('directory', 'session', 'balance', 'filings');
          toast.say('已更名，旧名保留在历史中。');
          onClose();
        })}
      >
        <TextField label="新名称" autoFocus autoComplete="off" {...form.field('name')} />
        <TextField label="简称" autoComplete="off" {...form.field('shortName')} />
        <DateField label="自哪天起" max={today} {...form.field('day')} />
        <TextField label="批准文号" autoComplete="off" {...form.field('document')} required={false} />
      </Form>
    </Dialog>
  );
}
