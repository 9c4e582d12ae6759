import { useState } from 'react';
import { readUnit } from '#contract/directory/units.ts';
import { newestEntries } from '#contract/kit/kit.shape.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { late, WhenHere } from '#web/shared/kit/late.tsx';
import { Chronicle } from '#web/shared/kit/layout/Chronicle.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { formatDate } from '#web/shared/words/format.ts';
import { onlyNewest } from '#web/shared/words/newest.ts';
import style from './UnitFacts.module.css';

const acts = late(() => import('./acts/UnitActs.tsx'));

/** One line about the chosen unit: its code, the officer responsible, its earlier names. */
export function UnitFacts({ unitId }: { unitId: number }) {
  const read = useRead(readUnit, { params: { unitId } }, { keepPrevious: true });
  const [open, setOpen] = useState<'contact' | 'rename' | 'history' | null>(null);
  const close = () => setOpen(null);
  const detail = read.data;
  if (!detail) return null;
  const { unit, can, versions } = detail;
  const older = onlyNewest(versions, newestEntries, '更早的见“审计”');
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
          {unit.contact.name === null ? '指定责任人' : '修改责任人'}
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
      {open === 'contact' && (
        <WhenHere late={acts}>{({ UnitContact }) => <UnitContact detail={detail} onClose={close} />}</WhenHere>
      )}
      {open === 'rename' && (
        <WhenHere late={acts}>{({ RenameUnit }) => <RenameUnit unit={detail.unit} onClose={close} />}</WhenHere>
      )}
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
          {older && <p className="caption">{older}</p>}
        </Dialog>
      )}
    </div>
  );
}
