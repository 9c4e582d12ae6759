import { Undecided } from '#web/shared/drafts/Undecided.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import type { Detail } from '../item-fields.ts';
import style from './OtherDraft.module.css';
import type { Draft } from './useDraftSaving.ts';

interface OtherDraftProps {
  mine: Draft;
  /** Null: nobody else saved. */
  theirs: Detail | null;
  /** Who saved it and when, where the server said so. */
  said: string | null;
  onMine: () => void;
  onTheirs: (theirs: Detail) => void;
}

/** The draft was saved elsewhere meanwhile: what stands only here, what only there, and the choice. */
export function OtherDraft({ mine, theirs, said, onMine, onTheirs }: OtherDraftProps) {
  if (theirs === null) return null;
  const onlyMine = textsBeyond(mine.items, theirs.items);
  const onlyTheirs = textsBeyond(theirs.items, mine.items);
  return (
    <Undecided label="草稿在别处另存过" alert>
      <p>
        {said ?? '这份草稿在您打开之后另存过'}，这里的改动还没有保存。那边共 {theirs.items.length} 项，这里共{' '}
        {mine.items.length} 项。
      </p>
      <Texts title="只有这里有" texts={onlyMine} />
      <Texts title="只有那边有" texts={onlyTheirs} />
      <Row>
        <Button small onClick={onMine}>
          用这里的，替换那边的
        </Button>
        <Button small onClick={() => onTheirs(theirs)}>
          用那边的，放弃这里的改动
        </Button>
      </Row>
    </Undecided>
  );
}

type Worded = ReadonlyArray<{ readonly text: string }>;

/** The texts of items that the other draft does not have word by word. */
function textsBeyond(items: Worded, others: Worded): string[] {
  const known = new Set(others.map(({ text }) => text.trim()));
  return items.flatMap(({ text }) => (text.trim() === '' || known.has(text.trim()) ? [] : [text.trim()]));
}

function Texts({ title, texts }: { title: string; texts: readonly string[] }) {
  if (texts.length === 0) return null;
  return (
    <div>
      <p className="caption">{title}</p>
      <ul className={style.texts}>
        {texts.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </div>
  );
}
