import { formatValue } from '#domain/filing/values.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { confirm } from '#web/shared/kit/dialog/question.ts';
import { Band } from '#web/shared/kit/feedback/Band.tsx';
import { Secret } from '#web/shared/kit/words/Secret.tsx';
import { type FilingDetail, useFilingDraftsElsewhere } from '../../filing-drafts.ts';

/** Values that the person typed in another post and that did not arrive: they wait there, and can be copied here. */
export function TypedElsewhere({ detail }: { detail: FilingDetail }) {
  const { cells, drop } = useFilingDraftsElsewhere(detail.id);
  const kept = Object.entries(cells);
  if (kept.length === 0) return null;
  const lines = kept.map(([key, cell]) => {
    const field = detail.fields.find((one) => one.key === key);
    const value = cell.typing?.value ?? cell.value;
    const explanation = cell.typing?.explanation ?? cell.explanation;
    const shown =
      value === undefined ? '' : field && value !== null ? formatValue(field, value) : String(value ?? '清空');
    return `${key}：${[shown, explanation && `说明：${explanation}`].filter(Boolean).join('，')}`;
  });
  async function giveUp() {
    const sure = await confirm({
      title: `删除本机的 ${kept.length} 项内容？`,
      text: '这些内容没有上传，删除后不能恢复。',
      verb: '删除',
      danger: true,
    });
    if (sure) drop();
  }
  return (
    <Band tone="look" label="另一岗位未上传的内容">
      <p>
        您在另一岗位填写的 {kept.length}{' '}
        项只存在本机，尚未上传。换回原来的岗位后自动上传；原岗位已不再由您担任的，请复制后交有权填报的人。
      </p>
      <Secret text={lines.join('\n')} verb="复制这些内容" />
      <Button small kind="quiet" onClick={() => void giveUp()}>
        不再需要，从本机删除
      </Button>
    </Band>
  );
}
