import { useState } from 'react';
import type { Indicator } from '#domain/framework/edition.ts';
import { TextField } from '#web/shared/form/fields.tsx';
import { NumberField } from '#web/shared/form/NumberField.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { toast } from '#web/shared/kit/feedback/toast.ts';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { Menu } from '#web/shared/kit/menu/Menu.tsx';
import { useHotkeys } from '#web/shared/page/useHotkeys.ts';
import type { Draft } from './draft-notes.ts';
import { moveOf, offeredCode } from './tree-moves.ts';
import type { useTreeChange } from './useTreeChange.ts';

interface TreeActsProps {
  draft: Draft;
  indicator: Indicator;
  tree: ReturnType<typeof useTreeChange>;
  /** Something of this indicator is typed and not saved: it would be lost with its code. */
  isTyped: boolean;
}

/** What may be done with the open indicator in the tree, by buttons and keys (Alt with the arrows). */
export function TreeActs({ draft, indicator, tree, isTyped }: TreeActsProps) {
  const { code, parent } = indicator;
  const { indicators } = draft.definition;
  const [asking, setAsking] = useState<'sibling' | 'child' | 'rename' | null>(null);
  useHotkeys({
    'alt+arrowup': () => tree.move(code, 'up'),
    'alt+arrowdown': () => tree.move(code, 'down'),
    'alt+arrowleft': () => tree.move(code, 'out'),
    'alt+arrowright': () => tree.move(code, 'in'),
  });
  const unlessTyped = (act: () => void) => (isTyped ? toast.say(`请先保存指标 ${code} 的填写`) : act());
  const item = (key: string, label: string, act: () => void, isOff = false) => ({
    ...{ key, label, onSelect: act },
    ...(isOff ? { disabled: true } : {}),
  });
  return (
    <>
      <Row>
        <Button small disabled={tree.busy} onClick={() => setAsking('sibling')}>
          增加同级
        </Button>
        <Button small disabled={tree.busy} onClick={() => setAsking('child')}>
          增加下级
        </Button>
        <Menu
          label="移动"
          help="也可在目录中拖动，或按 Alt 加方向键"
          items={[
            item('up', '上移（Alt+↑）', () => tree.move(code, 'up'), moveOf(indicators, code, 'up') === null),
            item('down', '下移（Alt+↓）', () => tree.move(code, 'down'), moveOf(indicators, code, 'down') === null),
            item('out', '升一级（Alt+←）', () => tree.move(code, 'out'), moveOf(indicators, code, 'out') === null),
            item('in', '降一级（Alt+→）', () => tree.move(code, 'in'), moveOf(indicators, code, 'in') === null),
          ]}
        />
        <Button small kind="quiet" disabled={tree.busy} onClick={() => tree.copy(code)}>
          复制
        </Button>
        <Button small kind="quiet" disabled={tree.busy} onClick={() => unlessTyped(() => setAsking('rename'))}>
          改编号
        </Button>
        <Button
          small
          kind="quiet"
          disabled={tree.busy || indicators.length === 1}
          onClick={() => unlessTyped(() => void tree.remove(code))}
        >
          删去
        </Button>
        {draft.undo && (
          <Button
            small
            kind="quiet"
            disabled={tree.busy}
            onClick={tree.undo}
            title={`${draft.undo.by}：${draft.undo.act}`}
          >
            撤销
          </Button>
        )}
        {draft.redo && (
          <Button
            small
            kind="quiet"
            disabled={tree.busy}
            onClick={tree.redo}
            title={`${draft.redo.by}：${draft.redo.act}`}
          >
            重做
          </Button>
        )}
      </Row>
      {(asking === 'sibling' || asking === 'child') && (
        <AddIndicator
          draft={draft}
          parent={asking === 'child' ? code : parent}
          before={asking === 'child' ? null : nextSibling(indicators, indicator)}
          tree={tree}
          onClose={() => setAsking(null)}
        />
      )}
      {asking === 'rename' && <Rename code={code} tree={tree} onClose={() => setAsking(null)} />}
    </>
  );
}

function nextSibling(indicators: readonly Indicator[], { code, parent }: Indicator): string | null {
  const siblings = indicators.filter((one) => one.parent === parent);
  return siblings[siblings.findIndex((one) => one.code === code) + 1]?.code ?? null;
}

const isCode = (code: string) => /^[A-Za-z0-9.-]{1,20}$/.test(code);
const codeHelp = '编号只用字母、数字、点和短横';

interface AddIndicatorProps {
  draft: Draft;
  parent: string | null;
  before: string | null;
  tree: TreeActsProps['tree'];
  onClose: () => void;
}

/** A new indicator; one after the other is typed without leaving the dialog. */
function AddIndicator({ draft, parent, before, tree, onClose }: AddIndicatorProps) {
  const { indicators } = draft.definition;
  const [code, setCode] = useState(() => offeredCode(indicators, parent));
  const [title, setTitle] = useState('');
  const [points, setPoints] = useState<number | null>(null);
  const [added, setAdded] = useState(0);
  const above = parent === null ? '最上级' : parent;
  async function add(more: boolean) {
    const one = { act: 'add' as const, parent, before, code, title, points: points ?? ('none' as const) };
    const isAdded = await tree.change(one, { stay: more });
    if (!isAdded) return;
    if (!more) return onClose();
    setAdded(added + 1);
    setCode(offeredCode([...indicators, { code, parent }], parent));
    setTitle('');
    setPoints(null);
  }
  const isWhole = isCode(code) && title.trim() !== '';
  return (
    <Dialog
      open
      firm
      saved={added}
      title={`增加指标（${above}）`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button busy={tree.busy} disabled={!isWhole} onClick={() => void add(true)}>
            增加并继续
          </Button>
          <Button kind="primary" busy={tree.busy} disabled={!isWhole} onClick={() => void add(false)}>
            增加
          </Button>
        </>
      }
    >
      <Stack>
        <TextField label="编号" help={codeHelp} maxLength={20} value={code} onChange={setCode} />
        <TextField label="名称" maxLength={200} value={title} onChange={setTitle} />
        <NumberField label="分值" help="不填为不计分" required={false} unit="分" value={points} onChange={setPoints} />
      </Stack>
    </Dialog>
  );
}

function Rename({ code, tree, onClose }: { code: string; tree: TreeActsProps['tree']; onClose: () => void }) {
  const [to, setTo] = useState(code);
  async function rename() {
    if (await tree.rename(code, to)) onClose();
  }
  return (
    <Dialog
      open
      firm
      title={`改编号：${code}`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button kind="primary" busy={tree.busy} disabled={!isCode(to) || to === code} onClick={() => void rename()}>
            改编号
          </Button>
        </>
      }
    >
      <TextField
        label="新编号"
        help={`${codeHelp}；规则和结论中引用它的地方一并改写`}
        maxLength={20}
        value={to}
        onChange={setTo}
      />
    </Dialog>
  );
}
