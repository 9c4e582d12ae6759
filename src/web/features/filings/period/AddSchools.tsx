import { useState } from 'react';
import * as periods from '#contract/filings/periods.ts';
import { schoolCodeText } from '#domain/org/school-code.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { DateField } from '#web/shared/form/DateField.tsx';
import { CheckField, TextField } from '#web/shared/form/fields.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import type { Period } from './PeriodDates.tsx';

/** Adds schools that opened after the list of a year was fixed; nothing else can put a school on it. */
export function AddSchools({ period, onClose }: { period: Period; onClose: () => void }) {
  const { today } = useDeskContext();
  const over = period.deadline < today;
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const [document, setDocument] = useState('');
  const [until, setUntil] = useState('');
  const params = { periodId: period.id };
  const unlisted = useRead(periods.unlisted, { params });
  const add = useAct(periods.addSchools, {
    done: ({ added }) => `已把 ${added} 所学校补入${period.name}`,
    onDone: onClose,
  });
  const ready = chosen.length > 0 && document.trim().length >= 2 && (!over || until !== '');
  const toggle = (schoolId: number, on: boolean) =>
    setChosen((before) => (on ? [...before, schoolId] : before.filter((one) => one !== schoolId)));
  return (
    <Dialog
      open
      firm
      title={`补入学校：${period.name}`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button
            kind="primary"
            busy={add.busy}
            disabled={!ready}
            onClick={() =>
              void add.act({
                params,
                body: { schoolIds: [...chosen], document: document.trim(), ...(until === '' ? {} : { until }) },
              })
            }
          >
            {chosen.length > 0 ? `补入 ${chosen.length} 所` : '补入'}
          </Button>
        </>
      }
    >
      <Loaded of={unlisted}>
        {({ schools }) =>
          schools.length === 0 ? (
            <Empty title="没有可以补入的学校">名单固定之后设立、在办且应报的学校会列在这里。</Empty>
          ) : (
            <Stack>
              <p>
                这些学校在名单固定之后设立。补入后从今天起在本学年填报，并计入所在县（市、区）本学年的均衡监测；不能移出名单。
              </p>
              <fieldset>
                <legend>补入的学校</legend>
                {schools.map((school) => (
                  <CheckField
                    key={school.schoolId}
                    label={school.name}
                    help={`${school.schoolTypeName} · ${schoolCodeText(school.code)}`}
                    value={chosen.includes(school.schoolId)}
                    onChange={(on) => toggle(school.schoolId, on)}
                  />
                ))}
              </fieldset>
              <TextField label="依据文号" required value={document} onChange={setDocument} />
              <DateField
                label="另定填报截止"
                help={over ? `名单的截止 ${period.deadline} 已过，须另定` : `不填则同名单：${period.deadline}`}
                required={over}
                value={until}
                onChange={setUntil}
              />
            </Stack>
          )
        }
      </Loaded>
    </Dialog>
  );
}
