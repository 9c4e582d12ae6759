import { Link } from '@tanstack/react-router';
import { Undecided } from '#web/shared/drafts/Undecided.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';

interface OtherLetterProps {
  letterId: string;
  /** Who saved it and when, where the server said so. */
  said: string | null;
  onMine: () => void;
  onTheirs: () => void;
}

/** The letter was saved elsewhere while it was written here: the way to that text, and the choice. */
export function OtherLetter({ letterId, said, onMine, onTheirs }: OtherLetterProps) {
  return (
    <Undecided label="公文在别处另存过" alert>
      <p>
        {said ?? '这份公文在您打开之后另存过'}，这里的改动还没有保存。
        <Link to="/letters/$letterId" params={{ letterId }} target="_blank">
          在新窗口看那边的
        </Link>
      </p>
      <Row>
        <Button small onClick={onMine}>
          用这里的，保存时替换那边的
        </Button>
        <Button small onClick={onTheirs}>
          用那边的，放弃这里的改动
        </Button>
      </Row>
    </Undecided>
  );
}
