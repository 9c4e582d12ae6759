import {
  type Adjust,
  type Indicator,
  isGenerated,
  type Method,
  type Must,
  type RollUp,
} from '#domain/framework/edition.ts';
import { methodNames } from '#domain/framework/method.words.ts';
import { CheckField, SelectField, TextAreaField, TextField } from '#web/shared/form/fields.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Band } from '#web/shared/kit/feedback/Band.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { cellTitles, generatedWords } from '../framework.words.ts';
import type { Typed } from './changed-cells.ts';
import { adjustFields, emptyMethod, methodFields, mustFields, rollUpFields } from './fields/method-fields.ts';
import type { Part, PartField } from './fields/part-fields.ts';
import { PartForm } from './PartForm.tsx';

interface MethodFormProps {
  indicator: Indicator;
  /** As it stands with what is typed. */
  now: Indicator;
  isInner: boolean;
  /** The method was guessed from the words of a workbook, and nobody has confirmed it. */
  isGuessed: boolean;
  onType: (typed: Typed) => void;
  /** Takes the guessed method as it is. */
  onConfirm: () => void;
  isBusy: boolean;
}

/** How an indicator gets its points: of a leaf by its method, of an inner one by those below it. */
export function MethodForm({ indicator, now, isInner, isGuessed, onType, onConfirm, isBusy }: MethodFormProps) {
  if (isInner) {
    const rollUp = now.rollUp ?? { rule: 'sum' as const };
    const put = (next: Part) => onType({ rollUp: isPlainSum(next) ? null : next });
    return <PartForm fields={rollUpFields} part={rollUp as unknown as Part} onChange={put} />;
  }
  const generates = isGenerated(now);
  const generated = (
    <CheckField
      label="由上一轮督导发现的问题生成下级指标"
      value={generates}
      onChange={(on) => onType({ generatedFrom: on ? 'earlier-findings' : null })}
    />
  );
  // How far each problem is solved is judged: what the indicator itself would be scored by stands for nothing.
  if (generates) {
    return (
      <Stack>
        {generated}
        <p className="caption">{generatedWords}。</p>
        {typeof now.points !== 'number' && <Band tone="look">本项没有分值，请先填写分值，否则不会生成下级指标。</Band>}
      </Stack>
    );
  }
  const method = now.method ?? null;
  return (
    <Stack>
      {typeof now.points === 'number' && generated}
      {isGuessed && (
        <Band tone="look" label="猜测的计分方法">
          <Row>
            <span>计分方法是导入时按文字猜测的，请核对。</span>
            <Button small busy={isBusy} onClick={onConfirm}>
              确认无误
            </Button>
          </Row>
        </Band>
      )}
      <SelectField
        label={cellTitles.method}
        required={false}
        value={method?.kind ?? byPerson}
        options={[
          { value: byPerson, label: '由评审人员在分值以内打分' },
          ...Object.entries(methodNames).map(([value, label]) => ({ value, label })),
        ]}
        onChange={(kind) => onType({ method: kind === byPerson ? null : emptyMethod(kind as Method['kind'], now) })}
      />
      {method !== null && (
        <PartForm
          // Another method is another form.
          key={`${indicator.code} ${method.kind}`}
          fields={methodFields[method.kind]}
          part={method as unknown as Part}
          onChange={(next) => onType({ method: next })}
        />
      )}
      <TextAreaField
        label={cellTitles.formula}
        help="数值由系统按公式取数时填写，如 事实:已拨付金额 / 事实:应拨付金额；调查结果写 调查:群众满意度.比例，其他评估的结果写 评估:体系的键.得分率"
        required={false}
        rows={2}
        maxLength={2000}
        value={now.formula ?? ''}
        onChange={(formula) => onType({ formula })}
      />
      <TextField
        label={cellTitles.applies}
        help="只对部分评估对象适用时填写，如 寄宿生数 > 0"
        required={false}
        maxLength={2000}
        value={now.applies ?? ''}
        onChange={(applies) => onType({ applies })}
      />
      <MustForm must={now.must} onChange={(must) => onType({ must })} />
      <PartForm
        fields={[adjusting]}
        part={{ adjust: now.adjust ?? [] }}
        onChange={({ adjust = [] }) => onType({ adjust: (adjust as readonly Part[]).map(wholeAdjust) })}
      />
    </Stack>
  );
}

/** No method is called so. */
const byPerson = '—';

const adjusting: PartField = {
  ...{ key: 'adjust', label: '按条件调整得分', kind: 'rows', optional: true },
  ...{ fields: adjustFields, empty: { when: '', text: '', effect: 'zero' } },
};

/** An effect without points keeps none, and one with points has some. */
function wholeAdjust(row: Part): Adjust {
  const { points, factor, ...rest } = row;
  if (rest.effect === 'times') return { ...rest, factor: factor ?? 1 } as unknown as Adjust;
  if (rest.effect === 'zero' || rest.effect === 'lowerBand') return rest as unknown as Adjust;
  return { ...rest, points: points ?? 0 } as unknown as Adjust;
}

const isPlainSum = ({ rule, ...rest }: Part) =>
  rule === ('sum' satisfies RollUp['rule']) && Object.keys(rest).length === 0;

const musts = { full: '须得满分', rate: '得分率须达到', value: '数值须达到', notOption: '不得为某些选项' } as const;
const emptyMusts: Readonly<Record<Must['by'], Must>> = {
  full: { by: 'full' },
  rate: { by: 'rate', least: 0.6 },
  value: { by: 'value', compare: '>=', value: 0 },
  notOption: { by: 'notOption', options: ['否'] },
};

function MustForm({ must, onChange }: { must: Must | undefined; onChange: (must: Must | null) => void }) {
  return (
    <Stack>
      <SelectField
        label={cellTitles.must}
        required={false}
        value={must?.by ?? byPerson}
        options={[
          { value: byPerson, label: '不是必达项' },
          ...Object.entries(musts).map(([value, label]) => ({ value, label })),
        ]}
        onChange={(by) => onChange(by === byPerson ? null : emptyMusts[by as Must['by']])}
      />
      {must && (
        <PartForm
          key={must.by}
          fields={mustFields[must.by] ?? []}
          part={must as unknown as Part}
          onChange={(next) => onChange(next as unknown as Must)}
        />
      )}
    </Stack>
  );
}
