import { Link } from '@tanstack/react-router';
import type { Figures } from '#web/shared/desk/desk.ts';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { formatNumber } from '#web/shared/words/format.ts';

/** On the home page: how far the evaluations are. */
export default function EvaluationStanding({ figures }: { figures: Figures }) {
  const of = (figure: string) => figures[`evaluations.${figure}`] ?? 0;
  const late = of('late') === 0 ? '' : `，逾期 ${formatNumber(of('late'))} 个`;
  return (
    <Row align="baseline">
      <span className="soft">督导评估</span>
      <Link to="/evaluations" search={{}}>
        {`进行中 ${formatNumber(of('open'))} 个，已确认结果 ${formatNumber(of('confirmed'))} 个${late}`}
      </Link>
    </Row>
  );
}
