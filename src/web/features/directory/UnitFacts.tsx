import { useState } from 'react';
import { readUnit } from '#contract/directory/units.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { Button, ButtonLink } from '#web/shared/kit/action/Button.tsx';
import { late, WhenHere } from '#web/shared/kit/late.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import style from './UnitFacts.module.css';
import { UnitHistory } from './units/UnitHistory.tsx';

const acts = late(() => import('./acts/UnitActs.tsx'));

/** One line about the chosen unit: its code, the officer responsible, its earlier names. */
export function UnitFacts({ unitId }: { unitId: number }) {
  const read = useRead(readUnit, { params: { unitId } }, { keepPrevious: true });
  const [open, setOpen] = useState<'contact' | 'rename' | 'history' | null>(null);
  const close = () => setOpen(null);
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
      <ButtonLink kind="quiet" small to="/directory/lower-units">
        科室与直属单位
      </ButtonLink>
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
      {open === 'history' && <UnitHistory name={unit.name} versions={versions} onClose={close} />}
    </div>
  );
}
