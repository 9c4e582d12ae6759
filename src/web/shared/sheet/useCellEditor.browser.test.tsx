import { useSyncExternalStore } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-react';
import { CellServer } from '#test/support/drafts.ts';
import { DraftKeep } from '../drafts/draft-keep.ts';
import { realClock } from '../drafts/draft-post.ts';
import { DraftSender } from '../drafts/draft-sender.ts';
import { toastStore } from '../kit/feedback/toast.ts';
import { type CellEditor, type CellRules, useCellEditor } from './useCellEditor.ts';

type Value = number | null;
type Subject = { id: string; cells: Record<string, { v: Value; n: number }> };
type Part = { key: string };

const part: Part = { key: '图书册数' };

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
  const server = new CellServer();
  const rules: CellRules<Subject, Part, Value> = {
    read: (_part, text) => (text === '' ? null : Number(text)),
    shown: (subject, { key }, draft) => (draft?.value === undefined ? (subject.cells[key]?.v ?? null) : draft.value),
    version: (subject, key) => subject.cells[key]?.n ?? 0,
    seen: () => {
      const cell = shows();
      return cell && { value: cell.v, version: cell.n };
    },
    lastWriting: async (_subject, key) => {
      const { by, own, v } = server.of(key);
      return { by, own, value: v };
    },
  };
  const sender = new DraftSender<Value>(
    server,
    new DraftKeep<Value>(localStorage, 'test', 'person', 'tab'),
    realClock,
    null,
  );
  let editor: CellEditor<Subject, Part, Value> | undefined;
  await render(<Page sender={sender} rules={rules} onDrawn={(drawn) => (editor = drawn)} />);
  const type = async (key: string, text: string) => {
    const now = server.of(key);
    editor!.write([{ subject: { id: 's1', cells: { [key]: now } }, part: { key }, text }]);
    await sender.flush('s1');
  };
  return { editor: () => editor!, sender, server, type };
}

const lastMessage = () => toastStore.read().at(-1)?.text;

afterEach(() => localStorage.clear());

describe('undo of a form and of a sheet', () => {
  it('tells what the server has taken', async () => {
    const { editor, type, server, sender } = await stage();
    await type(part.key, '6');
    await editor().takeBack('undo');
    expect(lastMessage()).toBe('已撤销：图书册数 6 → 空');
    expect(server.of(part.key).v).toBeNull();
    await editor().takeBack('redo');
    expect(lastMessage()).toBe('已恢复：图书册数 空 → 6');
    sender.close();
  });

  it('leaves what a colleague wrote since, with both values, whether or not the page shows it yet', async () => {
    for (const shows of [() => undefined, () => ({ v: 9, n: 2 })]) {
      localStorage.clear();
      const { editor, type, server, sender } = await stage({ shows });
      await type(part.key, '6');
      server.write(part.key, 9, '王某');
      await editor().takeBack('undo');
      expect(lastMessage()).toBe('“图书册数”已由王某改为 9（您填的是 6），没有撤销');
      expect(server.of(part.key)).toMatchObject({ v: 9, n: 2 });
      expect(sender.read().draft.subjects).toEqual({});
      sender.close();
    }
  });

  it('does not name the person as a colleague', async () => {
    const { editor, type, server, sender } = await stage({ shows: () => ({ v: 9, n: 2 }) });
    await type(part.key, '6');
    server.write(part.key, 9, '填报员', true);
    await editor().takeBack('undo');
    expect(lastMessage()).toBe('“图书册数”已由您在另一处改为 9（您填的是 6），没有撤销');
    sender.close();
  });

  it('does not call undone what only waits here', async () => {
    const { editor, type, server, sender } = await stage();
    await type(part.key, '6');
    server.away = true;
    await type('计算机台数', '1');
    await editor().takeBack('undo');
    await editor().takeBack('undo');
    expect(lastMessage()).toBe('图书册数 6 → 空 等待上传，上传后才算撤销');
    sender.close();
  });
});
