import type { AnyRoute, RouteArguments } from '#contract/route.ts';
import { Button } from '../action/Button.tsx';
import { Download } from '../action/Download.tsx';
import { Row } from '../layout/Row.tsx';

/** A list as it is narrowed, taken along: as a workbook, or on paper. */
export function ListActions<R extends AnyRoute>({ route, input }: { route: R; input: RouteArguments<R> }) {
  return (
    <Row>
      <Download route={route} input={input} kind="quiet" small>
        导出 Excel
      </Download>
      <Button kind="quiet" small onClick={() => print()}>
        打印
      </Button>
    </Row>
  );
}
