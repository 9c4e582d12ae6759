import { Link } from '@tanstack/react-router';
import type { Figures } from '#web/shared/desk/desk.ts';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { formatNumber } from '#web/shared/words/format.ts';

/** On the home page: how many counties are tracked this year, and how many are done. */
export default function TrackingStanding({ figures }: { figures: Figures }) {
  const of = (figure: string) => formatNumber(figures[`balance-tracking.${figure}`] ?? 0);
  return (
    <Row align="baseline">
      <span className="soft">均衡跟踪</span>
      <Link to="/tracking">{`${of('tracked')} 个县（市、区），已办结 ${of('closed')} 个`}</Link>
    </Row>
  );
}
