import { useState } from 'react';
import { fillGap, wholeCode, writeCells } from '#contract/frameworks/frameworks.ts';
import { useAct } from '#web/shared/call/queries.ts';
import { TextField } from '#web/shared/form/fields.tsx';
import { NumberField } from '#web/shared/form/NumberField.tsx';
import { titleOf } from '#web/shared/framework/indicator.words.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { confirm } from '#web/shared/kit/dialog/question.ts';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import type { Draft } from './draft-notes.ts';

interface OpenPlacesProps {
  draft: Draft;
  onNode: (code: string) => void;
}

/** Everything that keeps a draft from its publication, by the node where it is put right. */
export function OpenPlaces({ draft, onNode }: OpenPlacesProps) {
  const { definition, openCodes, issues } = draft;
  const byCode = new Map(definition.indicators.map((one) => [one.code, one]));
  const unknown = openCodes.flatMap((code) => byCode.get(code) ?? []);
  if (openCodes.length + issues.length === 0) {
    return <Empty title="没有待补全的地方">核对以后即可发布。</Empty>;
  }
  return (
    <>
      {issues.length > 0 && (
        <Section title="前后不符" note={`${issues.length} 处，发布时会被拒绝`}>
          <ul>
            {issues.map(({ code, path, message }) => (
              <li key={`${path} ${message}`}>
                {code !== null && byCode.has(code) && (
                  <Button kind="quiet" small onClick={() => onNode(code)}>
                    {code} {titleOf(byCode.get(code)!)}
                  </Button>
                )}
                {message}
              </li>
            ))}
          </ul>
          {issues.some(({ path }) => path === 'max') && <WholePoints draft={draft} />}
        </Section>
      )}
      {unknown.length > 0 && (
        <Section title="未见的分值、权重和名称" note={`${unknown.length} 项`}>
          <ul>
            {unknown.map((indicator) => (
              <li key={indicator.code}>
                <Button kind="quiet" small onClick={() => onNode(indicator.code)}>
                  {indicator.code} {titleOf(indicator)}
                </Button>
                <span className="soft">
                  {indicator.reading ? `推读为 ${indicator.points} 分，待本市确认` : '待补全'}
                </span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {definition.gaps.length > 0 && <Gaps draft={draft} />}
    </>
  );
}

/** The full mark of the whole, where its parts come to another sum. */
function WholePoints({ draft }: { draft: Draft }) {
  const [max, setMax] = useState<number | null>(draft.definition.max);
  const writing = useAct(writeCells, { done: '已保存满分' });
  const version = draft.versions[`${wholeCode}.points`] ?? 0;
  const cells = [{ code: wholeCode, field: 'points' as const, value: max, version }];
  return (
    <Row>
      <NumberField label="满分" required={false} value={max} onChange={setMax} />
      <Button
        busy={writing.busy}
        disabled={max === null || max === draft.definition.max}
        onClick={() => void writing.act({ params: { draftId: draft.id }, body: { cells } })}
      >
        保存满分
      </Button>
    </Row>
  );
}

function Gaps({ draft }: { draft: Draft }) {
  const [filling, setFilling] = useState<string | null>(null);
  const passing = useAct(fillGap, { done: '已记下本市不采用' });
  async function pass(title: string) {
    const sure = await confirm({
      title: `本市不采用“${title}”？`,
      text: '原文有这项内容而没有见到；从本市的草稿中去掉后，只能放弃草稿重来。',
      verb: '本市不采用',
    });
    const body = { revision: draft.revision, title, indicator: null };
    if (sure) await passing.act({ params: { draftId: draft.id }, body });
  }
  return (
    <Section title="原文中没有见到的内容" note="写成一项指标，或说明本市不采用">
      <ul>
        {draft.definition.gaps.map(({ title, under, points, note }) => (
          <li key={title}>
            {`${title}（${under ?? '整个体系'}，${points === null ? '分值未见' : `${points} 分`}）：${note}`}
            {draft.state === 'draft' && (
              <Row>
                <Button small onClick={() => setFilling(title)}>
                  写成指标
                </Button>
                <Button small kind="quiet" busy={passing.busy} onClick={() => void pass(title)}>
                  本市不采用
                </Button>
              </Row>
            )}
          </li>
        ))}
      </ul>
      {filling !== null && <FillGap draft={draft} title={filling} onClose={() => setFilling(null)} />}
    </Section>
  );
}

function FillGap({ draft, title, onClose }: { draft: Draft; title: string; onClose: () => void }) {
  const gap = draft.definition.gaps.find((one) => one.title === title);
  const [code, setCode] = useState('');
  const [name, setName] = useState('');
  const [points, setPoints] = useState<number | null>(gap?.points ?? null);
  const filling = useAct(fillGap, { done: '已写成一项指标', onDone: onClose });
  const indicator = { code, title: name, points: points ?? ('none' as const) };
  return (
    <Dialog
      open
      firm
      title={`写成指标：${title}`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button
            kind="primary"
            busy={filling.busy}
            disabled={!/^[A-Za-z0-9.-]{1,20}$/.test(code) || name.trim() === ''}
            onClick={() =>
              void filling.act({
                params: { draftId: draft.id },
                body: { revision: draft.revision, title, indicator },
              })
            }
          >
            写成指标
          </Button>
        </>
      }
    >
      <Stack>
        <TextField label="编号" help="字母、数字、点和短横，如 B17" value={code} onChange={setCode} />
        <TextField label="名称" maxLength={200} value={name} onChange={setName} />
        <NumberField label="分值" help="不填即不计分" required={false} value={points} onChange={setPoints} />
      </Stack>
    </Dialog>
  );
}
