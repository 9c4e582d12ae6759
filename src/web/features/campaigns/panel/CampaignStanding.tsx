import { Link } from '@tanstack/react-router';
import { useDeskContext } from '#web/shared/address/context.tsx';
import type { Figures } from '#web/shared/desk/desk.ts';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { formatNumber } from '#web/shared/words/format.ts';

/** On the home page: how many campaigns run, and how many results of the year are confirmed. Each figure leads to what it counts. */
export default function CampaignStanding({ figures }: { figures: Figures }) {
  const { today } = useDeskContext();
  const of = (figure: string) => figures[`campaigns.${figure}`] ?? 0;
  return (
    <Row align="baseline">
      <span className="soft">评估项目</span>
      <Link to="/campaigns" search={{ state: 'open' }}>
        {`进行中 ${formatNumber(of('open'))} 个`}
      </Link>
      <Link to="/evaluations" search={{ confirmedIn: Number(today.slice(0, 4)) }}>
        {`今年已确认 ${formatNumber(of('confirmed'))} 个对象的结果`}
      </Link>
    </Row>
  );
}
