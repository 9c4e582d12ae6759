import { Link } from '@tanstack/react-router';
import type { Figures } from '#web/shared/desk/desk.ts';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { formatNumber } from '#web/shared/words/format.ts';

/** On the home page: how far the findings of the year are. */
export default function LedgerStanding({ figures }: { figures: Figures }) {
  const of = (figure: string) => figures[`rectifications.${figure}`] ?? 0;
  const overdue = of('late') === 0 ? '' : `，逾期 ${formatNumber(of('late'))} 个`;
  return (
    <Row align="baseline">
      <span className="soft">问题整改</span>
      <Link to="/findings" search={{ ofYear: true }}>
        {`发现 ${formatNumber(of('found'))} 个，已销号 ${formatNumber(of('closed'))} 个${overdue}`}
      </Link>
    </Row>
  );
}
