import { useSyncExternalStore } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-react';
import { DraftKeep } from '../drafts/draft-keep.ts';
import type { DraftPost } from '../drafts/draft-post.ts';
import { DraftSender } from '../drafts/draft-sender.ts';
import { toastStore } from '../kit/feedback/toast.ts';
import { type CellEditor, type CellRules, useCellEditor } from './useCellEditor.ts';

type Value = number | null;
type Subject = { id: string; cells: Record<string, { v: Value; n: number }> };
type Part = { key: string };

const part: Part = { key: '图书册数' };
const clock = {
  now: () => Date.now(),
  after: (milliseconds: number, act: () => void) => {
    const timer = setTimeout(act, milliseconds);
    return () => clearTimeout(timer);
  },
};

interface PageProps {
  sender: DraftSender<Value>;
  rules: CellRules<Subject, Part, Value>;
  onDrawn: (editor: CellEditor<Subject, Part, Value>) => void;
}

function Page({ sender, rules, onDrawn }: PageProps) {
  const drafts = useSyncExternalStore(sender.subscribe, sender.read);
  onDrawn(useCellEditor({ sender, drafts }, rules));
  return null;
}

/** One subject at a server that keeps versions, and an editor of it on a page that shows what it last read. */
async function stage({ shows = () => undefined as { v: Value; n: number } | undefined } = {}) {
  const cells = new Map<string, { v: Value; n: number; by: string; own: boolean }>();
  let away = false;
  const of = (key: string) => cells.get(key) ?? { v: null, n: 0, by: '', own: false };
  const write = (key: string, v: Value, by: string, own = false) => cells.set(key, { v, n: of(key).n + 1, by, own });
  const post: DraftPost<Value> = {
    send: async (_subject, changes) => {
      if (away) throw { message: '连接不上服务器。', temporary: true, kind: 'fault' };
      const conflicts = changes.flatMap(({ part: key, value = null, version }) => {
        const { v, n, by, own } = of(key);
        if (v === value) return [];
        if (n !== version) return [{ part: key, theirs: v, version: n, by, own, at: null, sentence: '' }];
        write(key, value, '填报员');
        return [];
      });
      const versions = Object.fromEntries(changes.map(({ part: key }) => [key, of(key).n]));
      return { versions, conflicts, show: async () => {} };
    },
    refusalOf: (error) => error as { message: string; temporary: boolean; kind: string },
    leftAlone: () => {},
  };
  const rules: CellRules<Subject, Part, Value> = {
    read: (_part, text) => (text === '' ? null : Number(text)),
    shown: (subject, { key }, draft) => (draft?.value === undefined ? (subject.cells[key]?.v ?? null) : draft.value),
    version: (subject, key) => subject.cells[key]?.n ?? 0,
    seen: () => {
      const cell = shows();
      return cell && { value: cell.v, version: cell.n };
    },
    lastWriting: async (_subject, key) => ({ by: of(key).by, own: of(key).own, value: of(key).v }),
  };
  const sender = new DraftSender<Value>(post, new DraftKeep<Value>(localStorage, 'test', 'person', 'tab'), clock, null);
  let editor: CellEditor<Subject, Part, Value> | undefined;
  await render(<Page sender={sender} rules={rules} onDrawn={(drawn) => (editor = drawn)} />);
  const type = async (key: string, text: string) => {
    const now = of(key);
    editor!.write([{ subject: { id: 's1', cells: { [key]: now } }, part: { key }, text }]);
    await sender.flush('s1');
  };
  return { editor: () => editor!, sender, type, write, of, leave: (gone: boolean) => (away = gone) };
}

const lastMessage = () => toastStore.read().at(-1)?.text;

afterEach(() => localStorage.clear());

describe('undo of a form and of a sheet', () => {
  it('tells what the server has taken', async () => {
    const { editor, type, of, sender } = await stage();
    await type(part.key, '6');
    await editor().takeBack('undo');
    expect(lastMessage()).toBe('已撤销：图书册数 6 → 空');
    expect(of(part.key).v).toBeNull();
    await editor().takeBack('redo');
    expect(lastMessage()).toBe('已恢复：图书册数 空 → 6');
    sender.close();
  });

  it('leaves what a colleague wrote since, with both values, whether or not the page shows it yet', async () => {
    for (const shows of [() => undefined, () => ({ v: 9, n: 2 })]) {
      localStorage.clear();
      const { editor, type, write, of, sender } = await stage({ shows });
      await type(part.key, '6');
      write(part.key, 9, '王某');
      await editor().takeBack('undo');
      expect(lastMessage()).toBe('“图书册数”已由王某改为 9（您填的是 6），没有撤销');
      expect(of(part.key)).toMatchObject({ v: 9, n: 2 });
      expect(sender.read().draft.subjects).toEqual({});
      sender.close();
    }
  });

  it('does not name the person as a colleague', async () => {
    const { editor, type, write, sender } = await stage({ shows: () => ({ v: 9, n: 2 }) });
    await type(part.key, '6');
    write(part.key, 9, '填报员', true);
    await editor().takeBack('undo');
    expect(lastMessage()).toBe('“图书册数”已由您在另一处改为 9（您填的是 6），没有撤销');
    sender.close();
  });

  it('does not call undone what only waits here', async () => {
    const { editor, type, leave, sender } = await stage();
    await type(part.key, '6');
    leave(true);
    await type('计算机台数', '1');
    await editor().takeBack('undo');
    await editor().takeBack('undo');
    expect(lastMessage()).toBe('图书册数 6 → 空 等待上传，上传后才算撤销');
    sender.close();
  });
});
