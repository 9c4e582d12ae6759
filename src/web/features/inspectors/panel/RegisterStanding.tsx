import { Link } from '@tanstack/react-router';
import type { Figures } from '#web/shared/desk/desk.ts';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { formatNumber } from '#web/shared/words/format.ts';

/** On the home page: how many inspectors and experts are at work, the way to the register, and to the own entries. */
export default function RegisterStanding({ figures }: { figures: Figures }) {
  const of = (figure: string) => figures[`inspectors.${figure}`] ?? 0;
  const experts = of('experts') === 0 ? '' : `，评估专家 ${formatNumber(of('experts'))} 名`;
  const atWork = of('serving') + of('experts') > 0;
  return (
    <Row align="baseline">
      <span className="soft">督学队伍</span>
      {atWork && (
        <Link to="/inspectors" search={{ state: 'serving' }}>
          {`在任督学 ${formatNumber(of('serving'))} 名${experts}`}
        </Link>
      )}
      {of('own') > 0 && <Link to="/own-inspectors">我的督学登记</Link>}
    </Row>
  );
}
