import { Link } from '@tanstack/react-router';
import type { Figures } from '#web/shared/desk/desk.ts';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { formatNumber } from '#web/shared/words/format.ts';

/** On the home page: how many campaigns run, and how many results of the year are confirmed. */
export default function CampaignStanding({ figures }: { figures: Figures }) {
  const of = (figure: string) => figures[`campaigns.${figure}`] ?? 0;
  return (
    <Row align="baseline">
      <span className="soft">评估项目</span>
      <Link to="/campaigns" search={{ state: 'open' }}>
        {`进行中 ${formatNumber(of('open'))} 个，今年已确认 ${formatNumber(of('confirmed'))} 个对象的结果`}
      </Link>
    </Row>
  );
}
